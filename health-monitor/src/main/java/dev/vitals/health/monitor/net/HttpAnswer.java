package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.BoundedBody;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/** An HTTP answer. Immutable. */
public final class HttpAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final BoundedBody body;

    HttpAnswer(int status, HttpHeaders headers, BoundedBody body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the first value of the header with this name; the case does not matter. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the body, or its start if it is longer than {@link HttpCall#maxBodyBytes}. */
    public BoundedBody body() {
        return body;
    }
}
