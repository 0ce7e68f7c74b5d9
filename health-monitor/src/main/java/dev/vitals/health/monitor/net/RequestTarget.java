package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.vitals.health.internal.Uris;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The target of one hop of a call: the URL of the call itself, or of a redirect.
 *
 * @param url the URL
 * @param origin the server of the URL
 * @param first whether this is the URL of the call itself
 */
record RequestTarget(URI url, Origin origin, boolean first) {
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;
    private static final int USUAL_LENGTH = 256;
    // Secrets between the caller and one origin: never sent to another origin.
    private static final Set<String> ORIGIN_HEADERS = Set.of("authorization", "cookie", "proxy-authorization");

    /**
     * The server that a connection leads to.
     *
     * @param secure whether the connection uses TLS
     * @param host the name or address, without brackets
     * @param port the port
     * @param name the header Host, if it is not to follow from host and port; null if it is
     */
    record Origin(
            boolean secure, String host, int port, @Nullable String name) {
        private static final int HTTP = 80;
        private static final int HTTPS = 443;
        private static final int MAX_PORT = 65_535;

        static Origin of(URI url) {
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean secure = scheme.equals("https");
            String host = Uris.host(url);
            if ((!secure && !scheme.equals("http")) || host == null || host.isEmpty()) {
                throw new IllegalArgumentException("url must be an absolute http or https URL with a host, was " + url);
            }
            int port = Uris.port(url);
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("url must have a port from 1 to 65535, was " + port);
            }
            return new Origin(secure, withoutBrackets(host), port, null);
        }

        private static String withoutBrackets(String host) {
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        }

        Origin named(String authority) {
            return new Origin(secure, host, port, authority);
        }

        private boolean isSameServer(Origin other) {
            return secure == other.secure && port == other.port && host.equals(other.host);
        }

        /** Returns the name for SNI and for the check of the certificate. */
        String tlsName() {
            return name == null ? host : withoutBrackets(name.replaceFirst(":[0-9]+$", ""));
        }

        /** Returns the value of the Host header. */
        String authority() {
            if (name != null) {
                return name;
            }
            String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            return port == (secure ? HTTPS : HTTP) ? shown : shown + ":" + port;
        }
    }

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == SEE_OTHER || status == TEMPORARY || status == PERMANENT;
    }

    /**
     * Returns the target of a redirect.
     *
     * @throws IllegalArgumentException unless the location is an http or https URL, or relative to this one
     */
    RequestTarget redirectedTo(URI location) {
        URI next = url.resolve(location);
        Origin to = Origin.of(next);
        return new RequestTarget(next, origin.isSameServer(to) ? origin : to, false);
    }

    /** Returns the bytes of the request for this target. */
    ByteBuf request(HttpCall call, boolean keep, ByteBufAllocator alloc) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH);
        text.append(call.method).append(' ');
        appendPath(text);
        text.append(" HTTP/1.1\r\nHost: ").append(origin.authority());
        boolean sameOrigin = origin.equals(call.origin);
        List<String> headers = call.headers;
        for (int i = 0; i < headers.size(); i += 2) {
            if (sameOrigin || !ORIGIN_HEADERS.contains(headers.get(i).toLowerCase(Locale.ROOT))) {
                text.append("\r\n").append(headers.get(i)).append(": ").append(headers.get(i + 1));
            }
        }
        text.append(keep ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
        ByteBuf bytes = alloc.directBuffer(text.length() + call.body.length);
        bytes.writeCharSequence(text, ISO_8859_1);
        bytes.writeBytes(call.body);
        return bytes;
    }

    // A URI contains no spaces or control characters, but may contain letters beyond ASCII.
    private void appendPath(StringBuilder text) {
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
