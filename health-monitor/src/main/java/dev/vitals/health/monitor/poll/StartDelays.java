package dev.vitals.health.monitor.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How late polls have started, all of them since the start: a histogram whose buckets are a quarter apart. Written by
 * the scheduler's thread, read by anybody at any time, without a lock.
 */
public final class StartDelays {
    private static final int PARTS = 4;
    private static final int PART_BITS = 2;
    private static final int BUCKETS = 40 * PARTS;
    private static final long NANOS_PER_MICRO = 1_000;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    StartDelays() {}

    void note(long nanos) {
        counts.getAndIncrement(bucket(Math.max(0, nanos) / NANOS_PER_MICRO));
    }

    // The position of the highest bit, and the two bits after it.
    private static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int high = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >>> (high - PART_BITS)) & (PARTS - 1);
        return Math.min(BUCKETS - 1, (high - 1) * PARTS + part);
    }

    private static long upperMicros(int bucket) {
        if (bucket < PARTS) {
            return bucket + 1L;
        }
        int high = bucket / PARTS + 1;
        return (long) (PARTS + bucket % PARTS + 1) << (high - PART_BITS);
    }

    /** Returns what was counted so far. */
    public Snapshot snapshot() {
        long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.get(i);
        }
        return new Snapshot(copy);
    }

    /** The counts of one moment, or of the time between two. Immutable. */
    public static final class Snapshot {
        private final long[] counts;

        private Snapshot(long[] counts) {
            this.counts = counts;
        }

        /** Returns what was counted since that earlier moment. */
        public Snapshot since(Snapshot earlier) {
            long[] difference = counts.clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= earlier.counts[i];
            }
            return new Snapshot(difference);
        }

        /** Returns how many polls started. */
        public long count() {
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }

        /** Returns how many polls started at most that late, as far as the buckets can tell. */
        public long countUpTo(Duration lateness) {
            long sum = 0;
            for (int i = 0; i < counts.length && upperMicros(i) <= lateness.toNanos() / NANOS_PER_MICRO; i++) {
                sum += counts[i];
            }
            return sum;
        }

        /**
         * Returns a lateness that this share of the polls did not exceed: the upper end of its bucket, at most a quarter
         * too much; zero if there was no poll.
         *
         * @param share from 0 to 1
         */
        public Duration quantile(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share must be from 0 to 1, was " + share);
            }
            long wanted = Math.max(1, (long) Math.ceil(share * count()));
            long sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += counts[i];
                if (sum >= wanted) {
                    return Duration.ofNanos(upperMicros(i) * NANOS_PER_MICRO);
                }
            }
            return Duration.ZERO;
        }
    }
}
