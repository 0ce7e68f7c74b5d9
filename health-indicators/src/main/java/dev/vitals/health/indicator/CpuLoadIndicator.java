package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Checks how busy the processors are: WARNING from 90 %; ERROR only if {@link #limits} sets it.
 *
 * <p>A busy instance still works, and an instance taken out of rotation adds load to the others; so there is no ERROR by
 * default. The load is the JVM's figure for the time since it was last read. If there is none, as at a first run or
 * without the module {@code jdk.management}, the outcome is OK with a message.
 *
 * <p>Measures {@code utilization} in percent. A run costs a few small reads.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class CpuLoadIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.warnOnly(0.9);

    private final String whose;
    private final UsageThresholds thresholds;
    private final Supplier<OptionalDouble> load;

    CpuLoadIndicator(String whose, UsageThresholds thresholds, Supplier<OptionalDouble> load) {
        this.whose = whose;
        this.thresholds = thresholds;
        this.load = load;
    }

    /** Returns a check of the load that this process puts on the processors it may use. */
    public static CpuLoadIndicator ofProcess() {
        return new CpuLoadIndicator("this process", DEFAULT, Platform::processCpuLoad);
    }

    /** Returns a check of the load of this host, or of this container if the JVM detects one. */
    public static CpuLoadIndicator ofSystem() {
        return new CpuLoadIndicator("the system", DEFAULT, Platform::systemCpuLoad);
    }

    /**
     * Returns a copy that is WARNING from this share on, and never ERROR; default 0.9.
     *
     * @throws IllegalArgumentException if it is not from 0.001 to 1
     */
    public CpuLoadIndicator warnAt(double warnAt) {
        return new CpuLoadIndicator(whose, UsageThresholds.warnOnly(warnAt), load);
    }

    /**
     * Returns a copy with two limits.
     *
     * @param warnAt share from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public CpuLoadIndicator limits(double warnAt, double failAt) {
        return new CpuLoadIndicator(whose, UsageThresholds.of(warnAt, failAt), load);
    }

    @Override
    public Outcome run() {
        OptionalDouble now = load.get();
        return now.isPresent()
                ? Utilization.judge(thresholds, "CPU load of " + whose, now.getAsDouble())
                : Outcome.ok("this JVM does not know the CPU load of " + whose);
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
