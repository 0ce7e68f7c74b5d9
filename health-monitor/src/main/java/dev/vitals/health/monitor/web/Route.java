package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One row of the table of routes: all that there is to say about one method of one path. Immutable.
 *
 * @param method the method; a GET answers HEAD too
 * @param path the path, its parameters in braces
 * @param permission what a request needs to be let through
 * @param handler who answers
 * @param description what it is for, one sentence without a full stop
 */
public record Route(HandlerType method, String path, Permission permission, Handler handler, String description) {
    static Route get(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.GET, path, permission, handler, description);
    }

    static Route put(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.PUT, path, permission, handler, description);
    }

    static Route post(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.POST, path, permission, handler, description);
    }

    static Route delete(String path, Permission permission, Handler handler, String description) {
        return new Route(HandlerType.DELETE, path, permission, handler, description);
    }
}
