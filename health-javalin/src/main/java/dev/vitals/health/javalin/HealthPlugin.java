package dev.vitals.health.javalin;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthResponse;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * The health endpoints in Javalin 7: {@code config.registerPlugin(HealthPlugin.of(health))}. Thread-safe.
 *
 * <p>Does not own the {@link Health}, which goes on when Javalin stops.
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

    /** Returns a plugin over that endpoint. */
    public static HealthPlugin of(HealthEndpoint endpoint) {
        return new HealthPlugin(Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** Adds the routes, for every method: it is the endpoint that refuses all but GET and HEAD. */
    @Override
    public void onInitialize(JavalinState state) {
        // Javalin tries one route after the other: those that are asked most come first.
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

    // Written to the servlet's response: Javalin's own result would be compressed, and so differ from its length.
    private void answer(Context context) throws IOException {
        HealthResponse answer = endpoint.handle(new JavalinHealthRequest(context.req()));
        HttpServletResponse response = context.res();
        response.setStatus(answer.code());
        answer.headers(response::setHeader);
        answer.writeTo(response.getOutputStream());
    }
}
