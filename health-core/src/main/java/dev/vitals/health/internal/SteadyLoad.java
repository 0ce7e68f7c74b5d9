package dev.vitals.health.internal;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Judges a load that jumps: limits are compared with the lowest of the last three readings, so that one busy moment, such
 * as the start of the JVM, is no trouble. Thread-safe.
 */
public final class SteadyLoad {
    private static final int READINGS = 3;

    // The newest first.
    private final AtomicReference<List<Double>> last = new AtomicReference<>(Collections.nCopies(READINGS, 0.0));
    private final AtomicInteger unknown = new AtomicInteger();

    /** Returns the share to compare with limits after this reading: 0 before there are three. */
    public double after(double share) {
        return Collections.min(last.updateAndGet(before -> List.of(share, before.get(0), before.get(1))));
    }

    /** Returns whether there is no reading, now and the last two times. A JVM does not know its load in its first moments. */
    public boolean staysUnknown(OptionalDouble reading) {
        return unknown.updateAndGet(before -> reading.isPresent() ? 0 : Math.min(READINGS, before + 1)) == READINGS;
    }
}
