package dev.vitals.health.monitor.web;

import io.javalin.http.Context;
import java.io.IOException;

/** The body of a request, up to a bound. */
final class Body {
    private static final int MAX_BYTES = 64 * 1024;

    private Body() {}

    static byte[] read(Context context) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw Problem.of(413, "the body is longer than " + MAX_BYTES / 1024 + " KiB")
                    .exception();
        }
        return body;
    }
}
