package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks how many file descriptors this process has open: WARNING from 80 %, ERROR from 95 % of its limit.
 *
 * <p>Files, sockets and pipes count. If the system has no such descriptors, as Windows, or the JVM lacks the module
 * {@code jdk.management}, the outcome is WARNING, "not available". Measures {@code utilization} in percent, {@code open} and
 * {@code max} in descriptors. A run reads one directory, which grows with their number.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class FileDescriptorsIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.of(0.8, 0.95);

    private final UsageThresholds thresholds;
    private final Supplier<Optional<Usage>> descriptors;

    FileDescriptorsIndicator(UsageThresholds thresholds, Supplier<Optional<Usage>> descriptors) {
        this.thresholds = thresholds;
        this.descriptors = descriptors;
    }

    /** Returns a check of this process. */
    public static FileDescriptorsIndicator of() {
        return new FileDescriptorsIndicator(DEFAULT, Platform::fileDescriptors);
    }

    /**
     * Returns a copy with other limits; default 0.8 and 0.95.
     *
     * @param warnAt share of the maximum from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share of the maximum from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public FileDescriptorsIndicator limits(double warnAt, double failAt) {
        return new FileDescriptorsIndicator(UsageThresholds.of(warnAt, failAt), descriptors);
    }

    @Override
    public Outcome run() {
        Optional<Usage> found = descriptors.get();
        if (found.isEmpty()) {
            return Utilization.notAvailable("the number of file descriptors", Platform.reason());
        }
        Usage usage = found.get();
        return Utilization.judge(thresholds, usage.used() + " of " + usage.max() + " file descriptors are open", usage)
                .measured("open", usage.used(), "descriptors")
                .measured("max", usage.max(), "descriptors");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
