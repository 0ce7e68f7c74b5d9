package dev.vitals.health.monitor.history;

import org.jspecify.annotations.Nullable;

/**
 * What the polls of one minute found. A minute in which the monitor was stopped comes in two of these.
 *
 * @param minute counted from 1970
 * @param latencies all in microseconds; or, if there is a sketch, the least, the greatest and the sum
 * @param sketch the quantiles of a minute with many polls
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Minute(int minute, long oks, long warnings, long errors, long[] latencies, byte @Nullable [] sketch)
        implements Entry {
    static final int MILLIS = 60_000;
    static final int PER_HOUR = 60;

    static int of(long millis) {
        return (int) Math.floorDiv(millis, MILLIS);
    }

    void addTo(LatencySketch total) {
        if (sketch != null) {
            total.merge(sketch, oks + warnings + errors, latencies[2], latencies[0], latencies[1]);
            return;
        }
        for (long latency : latencies) {
            total.add(latency);
        }
    }
}
