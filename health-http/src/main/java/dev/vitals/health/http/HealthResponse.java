package dev.vitals.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer; the adapter of each server copies it out: code, headers, body. Immutable.
 *
 * <p>The headers of an answer to HEAD are those of the answer to GET, {@code Content-Length} included.
 */
public final class HealthResponse {
    private static final int NOT_MODIFIED = 304;

    private final int code;
    private final CachedBody page;
    private final String cacheControl;
    private final @Nullable String retryAfter;
    private final boolean withBody;

    private HealthResponse(
            int code, CachedBody page, String cacheControl, @Nullable String retryAfter, boolean withBody) {
        this.code = code;
        this.page = page;
        this.cacheControl = cacheControl;
        this.retryAfter = retryAfter;
        this.withBody = withBody;
    }

    /** Returns the page as it is. */
    static HealthResponse of(CachedBody page, String cacheControl, boolean head) {
        return new HealthResponse(page.code(), page, cacheControl, null, !head);
    }

    /** Returns the page with the time after which it is worth to ask again. */
    static HealthResponse retryAfter(long seconds, CachedBody page, String cacheControl, boolean head) {
        return new HealthResponse(page.code(), page, cacheControl, Long.toString(seconds), !head);
    }

    static HealthResponse notModified(CachedBody page, String cacheControl) {
        return new HealthResponse(NOT_MODIFIED, page, cacheControl, null, false);
    }

    /** Returns the HTTP status code. */
    public int code() {
        return code;
    }

    /** Hands over each header once, {@code Content-Type} and {@code Content-Length} included. */
    public void headers(BiConsumer<String, String> sink) {
        if (code != NOT_MODIFIED) {
            sink.accept("Content-Type", page.contentType());
            sink.accept("Content-Length", page.length());
        }
        sink.accept("Cache-Control", cacheControl);
        if (retryAfter != null) {
            sink.accept("Retry-After", retryAfter);
        }
        page.headers(sink);
    }

    /** Returns how many bytes {@link #writeTo} writes. */
    public int bodyLength() {
        return withBody ? page.size() : 0;
    }

    /** Writes the body, which is empty for HEAD and for 304. Does not flush or close. */
    public void writeTo(OutputStream out) throws IOException {
        if (withBody) {
            page.writeTo(out);
        }
    }
}
