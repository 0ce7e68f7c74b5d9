package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks how full the heap was after the last collection: WARNING from 85 %, ERROR from 95 % of its maximum.
 *
 * <p>A heap may be full between two collections; that does not count. The check reads the part for long-lived objects, as
 * far as the collector counts it: with G1 it changes after a collection of old objects, and is 0 until then. If the
 * collector counts nothing, the outcome is OK with a message.
 *
 * <p>Measures {@code utilization} in percent, {@code used} and {@code max} in bytes. A run costs a few reads of counters.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class HeapIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.of(0.85, 0.95);

    private final UsageThresholds thresholds;
    private final Supplier<Optional<Usage>> afterCollection;

    HeapIndicator(UsageThresholds thresholds, Supplier<Optional<Usage>> afterCollection) {
        this.thresholds = thresholds;
        this.afterCollection = afterCollection;
    }

    /** Returns a check of this JVM's heap. */
    public static HeapIndicator of() {
        return new HeapIndicator(DEFAULT, HeapIndicator::fullest);
    }

    /**
     * Returns a copy with other limits; default 0.85 and 0.95.
     *
     * @param warnAt share of the maximum from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share of the maximum from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public HeapIndicator limits(double warnAt, double failAt) {
        return new HeapIndicator(UsageThresholds.of(warnAt, failAt), afterCollection);
    }

    @Override
    public Outcome run() {
        Optional<Usage> found = afterCollection.get();
        if (found.isEmpty()) {
            return Outcome.ok("the collector of this JVM does not count what is left after a collection");
        }
        Usage usage = found.get();
        return Utilization.judge(
                        thresholds, usage.used() + " of " + usage.max() + " bytes of heap used after collection", usage)
                .measured("used", usage.used(), "bytes")
                .measured("max", usage.max(), "bytes");
    }

    private static Optional<Usage> fullest() {
        // Eden and survivor spaces may be full after a collection. They have no usage threshold.
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .map(MemoryPoolMXBean::getCollectionUsage)
                .flatMap(usage -> Optional.ofNullable(usage).stream())
                .map(HeapIndicator::usage)
                .max(Comparator.comparingDouble(Usage::share));
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
