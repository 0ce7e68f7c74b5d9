package dev.vitals.health.http;

import org.jspecify.annotations.Nullable;

/** A request as the endpoint sees it; the adapter of each server implements it. */
public interface HealthRequest {
    /** Returns the method in capitals, such as {@code GET}. */
    String method();

    /** Returns the path without scheme, host, context path and query. It begins with a slash. */
    String path();

    /** Returns the query as it was sent, without the question mark; null if there is none. */
    @Nullable
    String query();

    /** Returns the first value of a header, ignoring the case of its name; null if it is absent. */
    @Nullable
    String header(String name);
}
