package dev.vitals.samples.demo;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the monitor says of one instance: polled is when it last was, message what was wrong then. */
record Target(
        String id,
        URI url,
        String state,
        Instant since,
        @Nullable Instant polled,
        @Nullable String message) {
    boolean works() {
        return state.equals("HEALTHY") || state.equals("DEGRADED");
    }
}
