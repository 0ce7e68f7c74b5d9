package dev.vitals.health.monitor.history.chunk;

import org.jspecify.annotations.Nullable;

/** One element of a chunk. */
public sealed interface Entry permits KeptResult, Entry.Minute, Entry.SeriesMinute {
    /** The length of a minute. */
    int MINUTE_MILLIS = 60_000;

    /** Returns the first millisecond since 1970 that the entry covers. */
    long firstMillis();

    /** Returns the last millisecond since 1970 that the entry covers. */
    long lastMillis();

    /**
     * The polls of one minute. A minute in which the monitor was restarted has two entries.
     *
     * @param minute minutes since 1970
     * @param oks polls with the code OK
     * @param warnings polls with the code WARNING
     * @param errors polls with the code ERROR
     * @param latencies one per poll in microseconds, the least first; empty if there is a sketch
     * @param sketch the latencies of a minute with many polls; otherwise null
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Minute(
            int minute,
            long oks,
            long warnings,
            long errors,
            int[] latencies,
            @Nullable Sketch sketch) implements Entry {
        /** Returns the number of polls. */
        public long polls() {
            return oks + warnings + errors;
        }

        @Override
        public long firstMillis() {
            return (long) minute * MINUTE_MILLIS;
        }

        @Override
        public long lastMillis() {
            return firstMillis() + MINUTE_MILLIS - 1;
        }
    }

    /**
     * A summary of latencies in microseconds.
     *
     * @param min the least one
     * @param max the greatest one
     * @param sum the sum of all
     * @param bytes the encoded quantiles
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Sketch(long min, long max, long sum, byte[] bytes) {}

    /**
     * The values of one series in one minute.
     *
     * @param minute minutes since 1970
     * @param series the number of the series in its target, from 0 to 255
     * @param values a summary of the values
     */
    record SeriesMinute(int minute, int series, NumberSummary values) implements Entry {
        @Override
        public long firstMillis() {
            return (long) minute * MINUTE_MILLIS;
        }

        @Override
        public long lastMillis() {
            return firstMillis() + MINUTE_MILLIS - 1;
        }
    }
}
