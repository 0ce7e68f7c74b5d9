package dev.vitals.health.vertx;

import dev.vitals.health.http.HealthRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request to Vert.x as the endpoint sees it. */
record VertxHealthRequest(HttpServerRequest request) implements HealthRequest {
    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        // There is none in OPTIONS * and CONNECT.
        return Objects.requireNonNullElse(request.path(), "");
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }
}
