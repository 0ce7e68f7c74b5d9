package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.UsageThresholds;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the share of the time since the last run in which garbage collection stopped the JVM: WARNING from 20 %, ERROR
 * from 50 %.
 *
 * <p>Concurrent work of a collector does not count. The first run has nothing to compare with and is OK, which the
 * message says; a run less than 1 s after the last one repeats its outcome. A JVM that does not report the time is
 * WARNING, "not available". Measures {@code utilization} in percent and {@code collected} in ms. A run
 * costs a few reads of counters.
 *
 * <p>The methods that set an option return a changed copy, which starts with a first run.
 */
public final class GcTimeIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.of(0.2, 0.5);

    private static final long MIN_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final UsageThresholds thresholds;
    private final LongSupplier collectedMillis;
    private final LongSupplier nanoTime;
    private volatile @Nullable Reading last;

    private record Reading(long millis, long nanos, Outcome outcome) {}

    GcTimeIndicator(UsageThresholds thresholds, LongSupplier collectedMillis, LongSupplier nanoTime) {
        this.thresholds = thresholds;
        this.collectedMillis = collectedMillis;
        this.nanoTime = nanoTime;
    }

    /** Returns a check of this JVM's collectors. */
    public static GcTimeIndicator of() {
        return new GcTimeIndicator(DEFAULT, GcTimeIndicator::pausedMillis, System::nanoTime);
    }

    /**
     * Returns a copy with other limits; default 0.2 and 0.5.
     *
     * @param warnAt share of the time from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share of the time from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public GcTimeIndicator limits(double warnAt, double failAt) {
        return new GcTimeIndicator(UsageThresholds.of(warnAt, failAt), collectedMillis, nanoTime);
    }

    @Override
    public Outcome run() {
        long nanos = nanoTime.getAsLong();
        Reading before = last;
        if (before != null && nanos - before.nanos() < MIN_WINDOW_NANOS) {
            return before.outcome();
        }
        long millis = collectedMillis.getAsLong();
        if (millis < 0) {
            return Utilization.notAvailable("the time of collections", Platform.reason());
        }
        Outcome outcome = before == null
                ? Outcome.ok("the time of collections is known from the second run on")
                : judge(millis - before.millis(), nanos - before.nanos());
        last = new Reading(millis, nanos, outcome);
        return outcome;
    }

    private Outcome judge(long millis, long nanos) {
        long window = TimeUnit.NANOSECONDS.toMillis(nanos);
        String seen = millis + " of " + window + " ms went into garbage collection";
        return Utilization.judge(thresholds, seen, Math.min(1, (double) millis / window))
                .measured("collected", millis, "ms");
    }

    /** Returns the time of all pauses; negative if the JVM does not report that of a collector. */
    static long pausedMillis() {
        long[] millis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(GcTimeIndicator::stopsTheApplication)
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .toArray();
        return LongStream.of(millis).anyMatch(time -> time < 0)
                ? -1
                : LongStream.of(millis).sum();
    }

    /** ZGC and Shenandoah have one bean for cycles and one for pauses; G1 has one for concurrent work from JDK 20 on. */
    private static boolean stopsTheApplication(GarbageCollectorMXBean collector) {
        return !collector.getName().endsWith("Cycles") && !collector.getName().contains("Concurrent");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
