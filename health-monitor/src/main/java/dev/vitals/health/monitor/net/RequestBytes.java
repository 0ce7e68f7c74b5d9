package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request as it goes over the wire. */
final class RequestBytes {
    private static final int USUAL_LENGTH = 256;
    // What is secret between the caller and one origin is not shown to another.
    private static final Set<String> FOR_THE_ORIGIN_ALONE = Set.of("authorization", "cookie", "proxy-authorization");

    private RequestBytes() {}

    static ByteBuf of(HttpCall call, RequestTarget hop, boolean keep, ByteBufAllocator alloc) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH);
        text.append(call.method).append(' ');
        appendTarget(text, hop.url());
        text.append(" HTTP/1.1\r\nHost: ").append(hop.origin().authority());
        boolean home = hop.origin().equals(call.origin);
        List<String> headers = call.headers;
        for (int i = 0; i < headers.size(); i += 2) {
            if (home || !FOR_THE_ORIGIN_ALONE.contains(headers.get(i).toLowerCase(Locale.ROOT))) {
                text.append("\r\n").append(headers.get(i)).append(": ").append(headers.get(i + 1));
            }
        }
        text.append(keep ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
        ByteBuf bytes = alloc.directBuffer(text.length());
        bytes.writeCharSequence(text, ISO_8859_1);
        return bytes;
    }

    // A URI has no spaces and control characters, but may have letters beyond ASCII.
    private static void appendTarget(StringBuilder text, URI url) {
        String path = url.getRawPath();
        String query = url.getRawQuery();
        if (!isAscii(path) || !isAscii(query)) {
            URI ascii = URI.create(url.toASCIIString());
            path = ascii.getRawPath();
            query = ascii.getRawQuery();
        }
        text.append(path == null || path.isEmpty() ? "/" : path);
        if (query != null) {
            text.append('?').append(query);
        }
    }

    private static boolean isAscii(@Nullable String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
