package dev.vitals.health.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as the endpoint sees it; the adapter of each server implements it. The endpoint decodes path and query itself,
 * with one rule for all servers.
 */
public interface HealthRequest {
    /** Returns the method in capitals, such as {@code GET}. */
    String method();

    /**
     * Returns the path as the client sent it, still percent-encoded, without scheme, host, context path and query. It begins
     * with a slash.
     */
    String path();

    /** Returns the query as the client sent it, still percent-encoded, without the question mark; null if there is none. */
    @Nullable
    String query();

    /**
     * Returns the value of a header, ignoring the case of its name; null if it is absent. Values of several lines are joined
     * with commas.
     */
    @Nullable
    String header(String name);
}
