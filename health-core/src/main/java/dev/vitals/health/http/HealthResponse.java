package dev.vitals.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** A complete answer; the adapter of each server copies it out. Immutable. */
public final class HealthResponse {
    private final int code;
    private final Page page;
    private final String cacheControl;
    private final boolean withBody;

    HealthResponse(int code, Page page, String cacheControl, boolean withBody) {
        this.code = code;
        this.page = page;
        this.cacheControl = cacheControl;
        this.withBody = withBody;
    }

    /** Returns the HTTP status code. */
    public int code() {
        return code;
    }

    /** Returns the media type of the body. */
    public String contentType() {
        return page.contentType();
    }

    /**
     * Hands over each header but {@code Content-Type} and {@code Content-Length}, for which servers have calls of their
     * own.
     */
    public void headers(BiConsumer<String, String> sink) {
        sink.accept("Cache-Control", cacheControl);
        page.headers(sink);
    }

    /** Returns the value for {@code Content-Length}, which is the same for HEAD and for GET; -1 to send none. */
    public int contentLength() {
        return code == 304 ? -1 : page.length();
    }

    /** Writes the body, which is empty for HEAD and for 304. Does not flush or close. */
    public void writeTo(OutputStream out) throws IOException {
        if (withBody) {
            page.writeTo(out);
        }
    }

    /** Returns the body to be read once; empty for HEAD and for 304. */
    public ByteBuffer body() {
        return withBody ? page.body() : ByteBuffer.allocate(0);
    }
}
