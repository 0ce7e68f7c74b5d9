package dev.vitals.benchmarks;

import dev.vitals.health.http.HealthRequest;
import org.jspecify.annotations.Nullable;

/** The GET request of a load balancer. */
record Probe(String path, @Nullable String accept) implements HealthRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return name.equals("Accept") ? accept : null;
    }
}
