package dev.vitals.health.monitor.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All routes: they decide what is answered, who is admitted, and which methods a 405 names. Immutable. */
final class RouteTable {
    // A form names these in a field.
    private static final List<HandlerType> OF_FORMS = List.of(HandlerType.PUT, HandlerType.DELETE);

    private final List<Route> routes;

    /** Refuses two routes with the same method and path. */
    RouteTable(List<? extends Routes> features) {
        routes = features.stream().flatMap(feature -> feature.routes().stream()).toList();
        byPath();
    }

    List<Route> routes() {
        return routes;
    }

    /** Adds a handler for every method of each path; a method without a route is answered with 405. */
    void mount(JavalinConfig config, Gatekeeper gatekeeper) {
        byPath().forEach((path, methods) -> {
            String allowed =
                    methods.keySet().stream().map(HandlerType::name).sorted().collect(Collectors.joining(", "));
            Handler refused = context -> Problem.notAllowed(allowed).write(context);
            for (HandlerType method : HandlerType.values()) {
                if (method.isHttpMethod()) {
                    Route route = methods.get(method);
                    Handler handler = route == null ? refused : guarded(route, gatekeeper);
                    for (HandlerType other : OF_FORMS) {
                        Route meant = methods.get(other);
                        if (method.equals(HandlerType.POST) && meant != null) {
                            handler = PageAnswers.orMethod(handler, other, guarded(meant, gatekeeper));
                        }
                    }
                    config.routes.addHttpHandler(method, path, handler);
                }
            }
        });
    }

    private static Handler guarded(Route route, Gatekeeper gatekeeper) {
        return context -> {
            // An answer depends on the caller: no cache may give it to another.
            context.header("Cache-Control", "no-store");
            gatekeeper.admit(context, route.permission());
            Query.refuseOthers(context, route.contract().query().keySet());
            route.handler().handle(context);
        };
    }

    private Map<String, Map<HandlerType, Route>> byPath() {
        Map<String, Map<HandlerType, Route>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            Map<HandlerType, Route> methods = paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
            if (methods.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
            if (route.method().equals(HandlerType.GET)) {
                methods.put(HandlerType.HEAD, route);
            }
        }
        return paths;
    }
}
