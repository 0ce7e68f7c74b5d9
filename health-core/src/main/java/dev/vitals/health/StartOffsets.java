package dev.vitals.health;

import java.time.Duration;

/**
 * Computes when the runs of a check start: the first soon after its registration, the others on a grid of one interval.
 * The offset of the grid differs from check to check, so that checks with the same interval do not all start together.
 * Pure.
 */
final class StartOffsets {
    private static final long STEP_NANOS = 10_000_000;
    private static final long MAX_TICK_NANOS = 50_000_000;
    private static final int MIN_TICKS = 100;

    // Multiples of the golden ratio, modulo one, are evenly spread for any number of checks.
    private static final double GOLDEN = 0.6180339887498949;

    private StartOffsets() {}

    /** Returns the delay before the first start of the check with that number: one step for each check before it. */
    static Duration firstDelay(CheckDefinition definition, int number) {
        Duration chosen = definition.initialDelay();
        if (chosen != null) {
            return chosen;
        }
        long window = Math.max(1, definition.interval().toNanos());
        return Duration.ofNanos(STEP_NANOS * number % window);
    }

    /** Returns the time from the first start to the second, in nanoseconds: above 0, at most one interval. */
    static long offsetNanos(Duration interval, int number) {
        double fraction = (number * GOLDEN) % 1.0;
        return (long) (interval.toNanos() * (1.0 - fraction));
    }

    /**
     * Returns the first place on the grid after now. Missed places, for example while the machine slept, are skipped.
     *
     * @param grid any place on the grid, in nanoseconds of the scheduler, as {@code now} is
     */
    static long nextPlace(long grid, long now, Duration interval) {
        long step = interval.toNanos();
        long missed = Math.floorDiv(now - grid, step);
        return grid + (missed + 1) * step;
    }

    /**
     * Returns the tick at that time or the next one after it: every 50 ms, or a hundredth of an interval shorter than 5 s.
     *
     * <p>Checks on the same tick wake threads once together, and that costs more than most checks do.
     */
    static long onTick(long due, Duration interval) {
        long tick = Math.max(1, Math.min(MAX_TICK_NANOS, interval.toNanos() / MIN_TICKS));
        return due + Math.floorMod(-due, tick);
    }
}
