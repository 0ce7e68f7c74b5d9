package dev.vitals.health.monitor.history;

import java.time.Instant;

/**
 * What all polls of a span of time found, also those whose results are not kept.
 *
 * @param start when the span begins
 * @param oks polls with the code OK
 * @param warnings polls with the code WARNING
 * @param errors polls with the code ERROR
 * @param latencies how long they took; not to be added to
 */
public record Rollup(Instant start, long oks, long warnings, long errors, LatencySketch latencies) {
    /** Returns the number of polls. */
    public long polls() {
        return oks + warnings + errors;
    }
}
