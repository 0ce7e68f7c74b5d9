package dev.vitals.health.javalin;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthRequest;
import dev.vitals.health.http.HealthResponse;
import dev.vitals.health.http.internal.RequestParts;
import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.plugin.Plugin;
import io.javalin.router.Endpoint;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.jspecify.annotations.Nullable;

/**
 * Serves the health endpoints in Javalin 7: {@code config.registerPlugin(HealthPlugin.of(health))}. Thread-safe.
 *
 * <p>The {@link Health} keeps running when Javalin stops.
 */
public final class HealthPlugin extends Plugin<Void> {
    // The attribute that holds the path as the client sent it, if its spelling was changed.
    private static final String SENT = HealthPlugin.class.getName() + ".sent";

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
        state.jetty.modifyServletContextHandler(context -> {
            FilterHolder filter = new FilterHolder(new UsualSpelling(endpoint.paths()));
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
    }

    /**
     * Passes on a path of ours in its usual spelling, such as {@code /_health} for {@code //%5Fhealth/}: Javalin compares the
     * text that the client sent, and servlet containers do not.
     */
    private record UsualSpelling(List<String> paths) implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
                throws IOException, ServletException {
            next.doFilter(request instanceof HttpServletRequest http ? spelled(http) : request, response);
        }

        private HttpServletRequest spelled(HttpServletRequest request) {
            String sent = request.getRequestURI();
            String path = RequestParts.canonical(RequestParts.below(request.getContextPath(), sent));
            String usual = request.getContextPath() + path;
            if (usual.equals(sent) || path.contains("%") || !isOurs(path)) {
                return request;
            }
            request.setAttribute(SENT, sent);
            return new HttpServletRequestWrapper(request) {
                @Override
                public String getRequestURI() {
                    return usual;
                }
            };
        }

        private boolean isOurs(String path) {
            return paths.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
        }
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
        HealthResponse answer = endpoint.handle(new JavalinRequest(context.req()));
        HttpServletResponse response = context.res();
        response.setStatus(answer.code());
        answer.headers(response::setHeader);
        answer.writeTo(response.getOutputStream());
    }

    /** Adapts the servlet request. Javalin's own method is the one in X-HTTP-Method-Override, and a request that a proxy
     * let through as GET must not drain. */
    private record JavalinRequest(HttpServletRequest request) implements HealthRequest {
        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            String uri = request.getAttribute(SENT) instanceof String sent ? sent : request.getRequestURI();
            return RequestParts.below(request.getContextPath(), uri);
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
