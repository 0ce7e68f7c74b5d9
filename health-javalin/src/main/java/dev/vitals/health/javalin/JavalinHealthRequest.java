package dev.vitals.health.javalin;

import dev.vitals.health.http.HealthRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request to Javalin as the endpoint sees it: the servlet's, for Javalin's own method is what X-HTTP-Method-Override
 * says, and what a proxy lets through as GET must not drain.
 */
record JavalinHealthRequest(HttpServletRequest request) implements HealthRequest {
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
