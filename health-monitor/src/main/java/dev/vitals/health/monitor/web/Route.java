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
 * @param contract what is sent and answered, for the OpenAPI document
 */
public record Route(
        HandlerType method,
        String path,
        Permission permission,
        Handler handler,
        String description,
        RouteContract contract) {
    static Route get(String path, Permission permission, Handler handler, String description) {
        return of(HandlerType.GET, path, permission, handler, description);
    }

    static Route put(String path, Permission permission, Handler handler, String description) {
        return of(HandlerType.PUT, path, permission, handler, description);
    }

    static Route post(String path, Permission permission, Handler handler, String description) {
        return of(HandlerType.POST, path, permission, handler, description);
    }

    static Route delete(String path, Permission permission, Handler handler, String description) {
        return of(HandlerType.DELETE, path, permission, handler, description);
    }

    private static Route of(
            HandlerType method, String path, Permission permission, Handler handler, String description) {
        return new Route(method, path, permission, handler, description, RouteContract.of(method));
    }

    /** Returns this route with a parameter of the query. */
    Route query(String name, String meaning) {
        return with(contract.query(name, meaning));
    }

    /** Returns this route with a body of that schema, which is one of the document's components. */
    Route takes(String schema) {
        return with(contract.takes(schema));
    }

    /** Returns this route with an answer of that code, in place of the one that its method usually has. */
    Route answers(int code, String schema) {
        return with(contract.answers(code, schema));
    }

    /** Returns this route with a further answer of that code and media type. */
    Route alsoAnswers(int code, String schema) {
        return with(contract.alsoAnswers(code, schema));
    }

    private Route with(RouteContract other) {
        return new Route(method, path, permission, handler, description, other);
    }
}
