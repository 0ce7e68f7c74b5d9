package dev.vitals.health.javalin;

import dev.vitals.health.http.HealthRequest;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** A request to Javalin as the endpoint sees it. */
record JavalinHealthRequest(Context context) implements HealthRequest {
    // Not Javalin's own, which X-HTTP-Method-Override can change: what a proxy lets through as GET must not drain.
    @Override
    public String method() {
        return context.req().getMethod();
    }

    @Override
    public String path() {
        return context.path().substring(context.contextPath().length());
    }

    @Override
    public @Nullable String query() {
        return context.queryString();
    }

    @Override
    public @Nullable String header(String name) {
        return context.header(name);
    }
}
