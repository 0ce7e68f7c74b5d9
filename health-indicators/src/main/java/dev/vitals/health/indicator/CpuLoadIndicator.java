package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Looks at how busy the processors are: WARNING from 90 %, never ERROR unless asked for.
 *
 * <p>A busy instance does its work, and taking it out of rotation burdens the others; so ERROR is a choice. The load is
 * the JVM's own figure for the time since somebody last asked it. Where it has none, as at a first run or without the
 * module {@code jdk.management}, the outcome is OK and says so.
 *
 * <p>Measures {@code utilization} in percent. Costs a few small reads.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class CpuLoadIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.warnOnly(0.9);

    private final String whose;
    private final UsageThresholds levels;
    private final Supplier<OptionalDouble> load;

    CpuLoadIndicator(String whose, UsageThresholds levels, Supplier<OptionalDouble> load) {
        this.whose = whose;
        this.levels = levels;
        this.load = load;
    }

    /** Returns a check of what this process uses of all processors it may use. */
    public static CpuLoadIndicator ofProcess() {
        return new CpuLoadIndicator("this process", DEFAULT, Platform::processCpuLoad);
    }

    /** Returns a check of what is used on this machine, or in this container where the JVM sees one. */
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
                ? Utilization.judge(levels, "CPU load of " + whose, now.getAsDouble())
                : Outcome.ok("this JVM does not know the CPU load of " + whose);
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
