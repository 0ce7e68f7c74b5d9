package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.BoundedBody;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP answer. Immutable. */
public final class HttpAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final BoundedBody body;

    private final @Nullable String unknownCoding;

    HttpAnswer(int status, HttpHeaders headers, BoundedBody body, @Nullable String unknownCoding) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.unknownCoding = unknownCoding;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the first value of the header with this name; the case does not matter. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * Returns the body, or its start if it is longer than {@link HttpCall#maxBodyBytes}. The codings gzip and deflate are
     * undone.
     */
    public BoundedBody body() {
        return body;
    }

    /** Returns the header {@code Content-Encoding} of a body whose coding could not be undone. */
    public Optional<String> unknownCoding() {
        return Optional.ofNullable(unknownCoding);
    }
}
