package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks how full the heap was after the last collection: WARNING from 85 %, ERROR from 95 % of its maximum.
 *
 * <p>A heap may be full between two collections; that does not count. The check reads the part for long-lived objects, as
 * far as the collector counts it: with G1 it changes after a collection of old objects. Until the first one the outcome
 * is OK with a message. If the collector counts nothing, it is WARNING, "not available".
 *
 * <p>A reading gets old: where nothing was collected for 5 min, the heap may be emptier by now, for example because a batch
 * has ended. Then the outcome is WARNING instead of ERROR. A heap that is really full is collected all the time.
 *
 * <p>Measures {@code utilization} in percent, {@code used} and {@code max} in bytes. A run costs a few reads of counters.
 *
 * <p>Thread-safe. The methods that set an option return a changed copy, which has seen no collection yet.
 */
public final class HeapIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.of(0.85, 0.95);

    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final UsageThresholds thresholds;
    private final Supplier<Optional<Reading>> afterCollection;
    private final LongSupplier nanoTime;
    private volatile @Nullable Seen last;

    /** What the last collection left, and the number of collections so far. */
    record Reading(Usage usage, long collections) {}

    /** A reading and the time at which it was new. */
    private record Seen(Reading reading, long nanos) {}

    HeapIndicator(UsageThresholds thresholds, Supplier<Optional<Reading>> afterCollection, LongSupplier nanoTime) {
        this.thresholds = thresholds;
        this.afterCollection = afterCollection;
        this.nanoTime = nanoTime;
    }

    /** Returns a check of this JVM's heap. */
    public static HeapIndicator of() {
        return new HeapIndicator(DEFAULT, HeapIndicator::fullest, System::nanoTime);
    }

    /**
     * Returns a copy with other limits; default 0.85 and 0.95.
     *
     * @param warnAt share of the maximum from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share of the maximum from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public HeapIndicator limits(double warnAt, double failAt) {
        return new HeapIndicator(UsageThresholds.of(warnAt, failAt), afterCollection, nanoTime);
    }

    @Override
    public Outcome run() {
        Optional<Reading> found = afterCollection.get();
        if (found.isEmpty()) {
            return Utilization.notAvailable("the heap used after collection", "the collector does not count it");
        }
        Usage usage = found.get().usage();
        if (usage.used() == 0) {
            return Outcome.ok("no collection of long-lived objects yet");
        }
        String seen = usage.used() + " of " + usage.max() + " bytes of heap used after collection";
        Outcome outcome = Utilization.judge(thresholds, seen, usage);
        Duration age = age(found.get());
        if (outcome.code() == Outcome.Code.ERROR && age.compareTo(MAX_AGE) > 0) {
            String old = thresholds.trouble(seen, usage.share()) + "; nothing was collected for " + age.toMinutes()
                    + " min, so it may be less now";
            outcome = Utilization.measured(Outcome.warning(old), usage.share());
        }
        return outcome.measured("used", usage.used(), "bytes").measured("max", usage.max(), "bytes");
    }

    private Duration age(Reading reading) {
        long now = nanoTime.getAsLong();
        Seen seen = last;
        if (seen == null || !seen.reading().equals(reading)) {
            seen = new Seen(reading, now);
            last = seen;
        }
        return Duration.ofNanos(now - seen.nanos());
    }

    private static Optional<Reading> fullest() {
        // Eden and survivor spaces may be full after a collection. They have no usage threshold.
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .flatMap(pool -> reading(pool).stream())
                .max(Comparator.comparingDouble(reading -> reading.usage().share()));
    }

    private static Optional<Reading> reading(MemoryPoolMXBean pool) {
        return Optional.ofNullable(pool.getCollectionUsage())
                .map(usage -> new Reading(usage(usage), collections(pool)));
    }

    /** Counts collections of old objects: one of young objects alone tells nothing new about these. */
    private static long collections(MemoryPoolMXBean pool) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().contains("Young")
                        && Arrays.asList(collector.getMemoryPoolNames()).contains(pool.getName()))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static Usage usage(MemoryUsage usage) {
        long max = usage.getMax();
        return new Usage(usage.getUsed(), max > 0 ? max : Runtime.getRuntime().maxMemory());
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
