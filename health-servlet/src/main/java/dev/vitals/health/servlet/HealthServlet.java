package dev.vitals.health.servlet;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthRequest;
import dev.vitals.health.http.HealthResponse;
import dev.vitals.health.http.internal.RequestParts;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the health endpoints in a container of Servlet 6.0 or later. Thread-safe.
 *
 * <p>Paths are relative to the context. The {@link Health} keeps running when the servlet is destroyed.
 */
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient HealthEndpoint endpoint;

    private HealthServlet(HealthEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Returns a servlet over these checks, with the default settings. */
    public static HealthServlet of(Health health) {
        return of(HealthEndpoint.of(health));
    }

    /** Returns a servlet over this endpoint. */
    public static HealthServlet of(HealthEndpoint endpoint) {
        return new HealthServlet(Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** Returns the URL patterns to map this servlet to. */
    public List<String> urlPatterns() {
        return endpoint.paths().stream()
                .flatMap(path -> Stream.of(path, path + "/*"))
                .toList();
    }

    /** Registers this servlet under {@link #urlPatterns()}. Call it while the context starts. */
    public ServletRegistration.Dynamic addTo(ServletContext context) {
        ServletRegistration.Dynamic registration = context.addServlet("health", this);
        registration.addMapping(urlPatterns().toArray(String[]::new));
        return registration;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HealthResponse answer = endpoint.handle(new ServletRequest(request));
        response.setStatus(answer.code());
        answer.headers(response::setHeader);
        answer.writeTo(response.getOutputStream());
    }

    /** Adapts a servlet request. */
    private record ServletRequest(HttpServletRequest request) implements HealthRequest {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            // Not the servlet path: containers decode it, each in its own way.
            return RequestParts.below(request.getContextPath(), request.getRequestURI());
        }

        @Override
        public @Nullable String query() {
            return request.getQueryString();
        }

        @Override
        public @Nullable String header(String name) {
            return RequestParts.joined(request.getHeaders(name).asIterator());
        }
    }
}
