package dev.vitals.health.monitor.web;

import io.javalin.http.Context;
import java.io.IOException;

/** The body of a request, up to a bound. */
final class Body {
    /** The bound of all documents but those that name many targets. */
    static final int MAX_BYTES = 64 * 1024;

    private Body() {}

    static byte[] read(Context context, int maxBytes) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw Problem.of(413, "the body is longer than " + maxBytes / 1024 + " KiB")
                    .exception();
        }
        return body;
    }
}
