package dev.vitals.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer. The adapter of each server copies code, headers and body to its own response. Immutable.
 *
 * <p>The headers of an answer to HEAD are those of the answer to GET, {@code Content-Length} included.
 */
public final class HealthResponse {
    private static final int NOT_MODIFIED = 304;

    private final int code;
    private final CachedBody body;
    private final String cacheControl;
    private final @Nullable String retryAfter;
    private final boolean withBody;

    private HealthResponse(
            int code, CachedBody body, String cacheControl, @Nullable String retryAfter, boolean withBody) {
        this.code = code;
        this.body = body;
        this.cacheControl = cacheControl;
        this.retryAfter = retryAfter;
        this.withBody = withBody;
    }

    /** Returns an answer with this body; without it for HEAD. */
    static HealthResponse of(CachedBody body, String cacheControl, boolean head) {
        return new HealthResponse(body.code(), body, cacheControl, null, !head);
    }

    /** Returns an answer that names the time after which to ask again. */
    static HealthResponse retryAfter(long seconds, CachedBody body, String cacheControl, boolean head) {
        return new HealthResponse(body.code(), body, cacheControl, Long.toString(seconds), !head);
    }

    static HealthResponse notModified(CachedBody body, String cacheControl) {
        return new HealthResponse(NOT_MODIFIED, body, cacheControl, null, false);
    }

    /** Returns the HTTP status code. */
    public int code() {
        return code;
    }

    /** Passes each header to the sink once, {@code Content-Type} and {@code Content-Length} included. */
    public void headers(BiConsumer<String, String> sink) {
        if (code != NOT_MODIFIED) {
            sink.accept("Content-Type", body.contentType());
            sink.accept("Content-Length", body.length());
        }
        sink.accept("Cache-Control", cacheControl);
        if (retryAfter != null) {
            sink.accept("Retry-After", retryAfter);
        }
        body.headers(sink);
    }

    /** Returns the number of bytes that {@link #writeTo} writes. */
    public int bodyLength() {
        return withBody ? body.size() : 0;
    }

    /** Writes the body, which is empty for HEAD and for 304. Does not flush or close. */
    public void writeTo(OutputStream out) throws IOException {
        if (withBody) {
            body.writeTo(out);
        }
    }
}
