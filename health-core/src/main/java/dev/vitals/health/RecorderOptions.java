package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;

/** When failures of recorded calls become a WARNING or an ERROR. Refuses bad values at once. Not thread-safe. */
public final class RecorderOptions {
    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(1);
    private static final int MAX_CALLS = 1_000_000;

    Duration window = Duration.ofMinutes(1);
    int minimumCalls = 10;
    double warningRatio = 0.1;
    double errorRatio = 0.5;

    RecorderOptions() {}

    /** How far back calls count, to a tenth of it; default 1 min, from 1 s to 1 day. */
    public RecorderOptions window(Duration window) {
        this.window = Require.range("window", window, MIN_WINDOW, MAX_WINDOW);
        return this;
    }

    /** With fewer calls in the window the outcome is OK; default 10, from 1 to 1,000,000. */
    public RecorderOptions minimumCalls(int minimumCalls) {
        this.minimumCalls = Require.range("minimumCalls", minimumCalls, 1, MAX_CALLS);
        return this;
    }

    /** Share of failures from which the outcome is WARNING; default 0.1, above 0 and up to 1. */
    public RecorderOptions warningRatio(double warningRatio) {
        this.warningRatio = Require.range("warningRatio", warningRatio, Double.MIN_VALUE, 1);
        return this;
    }

    /** Share of failures from which the outcome is ERROR; default 0.5, above 0 and up to 1. */
    public RecorderOptions errorRatio(double errorRatio) {
        this.errorRatio = Require.range("errorRatio", errorRatio, Double.MIN_VALUE, 1);
        return this;
    }
}
