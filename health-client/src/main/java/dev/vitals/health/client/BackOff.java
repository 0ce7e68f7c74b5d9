package dev.vitals.health.client;

import java.time.Duration;

/** How long to wait after failures in a row: random, so that many clients do not come back together. Pure. */
final class BackOff {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final long SHORTEST_MILLIS = 100;
    private static final long FIRST_MILLIS = 1_000;
    private static final int MAX_DOUBLINGS = 6;

    private BackOff() {}

    /**
     * Returns a random share of a ceiling that doubles from 1 s to 60 s; never less than 100 ms.
     *
     * @param failures in a row, from 1
     * @param random from 0 to below 1
     */
    static Duration after(int failures, double random) {
        long ceiling = Math.min(LONGEST.toMillis(), FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(Math.max(SHORTEST_MILLIS, (long) (random * ceiling)));
    }

    /** Returns from 30 s to 60 s, for an answer that will hardly change by asking again. */
    static Duration afterRefusal(double random) {
        return Duration.ofMillis((long) (LONGEST.toMillis() * (0.5 + 0.5 * random)));
    }
}
