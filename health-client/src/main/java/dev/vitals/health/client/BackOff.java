package dev.vitals.health.client;

import java.time.Duration;

/** Computes the pause after consecutive failures: random, so that many clients do not retry at once. Pure. */
final class BackOff {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final long SHORTEST_MILLIS = 100;
    private static final long FIRST_MILLIS = 1_000;
    private static final int MAX_DOUBLINGS = 6;

    private BackOff() {}

    /**
     * Returns a random share of a maximum that doubles from 1 s to 60 s; at least 100 ms.
     *
     * @param failures the number of consecutive failures, from 1
     * @param random a number from 0 to below 1
     */
    static Duration after(int failures, double random) {
        long max = Math.min(LONGEST.toMillis(), FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(Math.max(SHORTEST_MILLIS, (long) (random * max)));
    }

    /** Returns 30 s to 60 s, for a refusal that probably stays the same. */
    static Duration afterRefusal(double random) {
        return Duration.ofMillis((long) (LONGEST.toMillis() * (0.5 + 0.5 * random)));
    }
}
