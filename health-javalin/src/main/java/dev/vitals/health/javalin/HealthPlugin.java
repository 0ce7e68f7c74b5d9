package dev.vitals.health.javalin;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthRequest;
import dev.vitals.health.http.HealthResponse;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the health endpoints in Javalin 7: {@code config.registerPlugin(HealthPlugin.of(health))}. Thread-safe.
 *
 * <p>The {@link Health} keeps running when Javalin stops.
 */
public final class HealthPlugin extends Plugin<Void> {
    private final HealthEndpoint endpoint;

    private HealthPlugin(HealthEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Returns a plugin over these checks, with the default settings. */
    public static HealthPlugin of(Health health) {
        return of(HealthEndpoint.of(health));
    }

    /** Returns a plugin over this endpoint. */
    public static HealthPlugin of(HealthEndpoint endpoint) {
        return new HealthPlugin(Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** Adds the routes for every method; the endpoint itself refuses methods other than GET and HEAD. */
    @Override
    public void onInitialize(JavalinState state) {
        // Javalin tries one route after the other, so the busiest paths come first.
        endpoint.paths().forEach(path -> add(state, path));
        endpoint.paths().forEach(path -> add(state, path + "/<rest>"));
    }

    private void add(JavalinState state, String path) {
        for (HandlerType method : HandlerType.values()) {
            if (method.isHttpMethod()) {
                state.routes.addEndpoint(new Endpoint(method, path, this::answer));
            }
        }
    }

    // Writes to the servlet's response: Javalin would compress its own result, which then differs from Content-Length.
    private void answer(Context context) throws IOException {
        HealthResponse answer = endpoint.handle(new ServletRequest(context.req()));
        HttpServletResponse response = context.res();
        response.setStatus(answer.code());
        answer.headers(response::setHeader);
        answer.writeTo(response.getOutputStream());
    }

    /** Adapts the servlet request. Javalin's own method is the one in X-HTTP-Method-Override, and a request that a proxy
     * let through as GET must not drain. */
    private record ServletRequest(HttpServletRequest request) implements HealthRequest {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            return request.getRequestURI().substring(request.getContextPath().length());
        }

        @Override
        public @Nullable String query() {
            return request.getQueryString();
        }

        @Override
        public @Nullable String header(String name) {
            return request.getHeader(name);
        }
    }
}
