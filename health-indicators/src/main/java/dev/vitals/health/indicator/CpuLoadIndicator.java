package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.SteadyLoad;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Checks how busy the processors are: WARNING from 90 %; ERROR only if {@link #limits} sets it.
 *
 * <p>A busy instance still works, and an instance taken out of rotation adds load to the others; so there is no ERROR by
 * default. The load is the JVM's figure for the time since it was last read. Limits are compared with the lowest of the
 * last three runs, so that one busy moment is no trouble. If there is no figure three times in a row, as without the
 * module {@code jdk.management}, the outcome is WARNING, "not available".
 *
 * <p>Measures {@code utilization} in percent, of the last run alone. A run costs a few small reads.
 *
 * <p>Thread-safe. The methods that set an option return a changed copy, which starts with a first run.
 */
public final class CpuLoadIndicator implements HealthCheck {
    static final UsageThresholds DEFAULT = UsageThresholds.warnOnly(0.9);

    private final String whose;
    private final UsageThresholds thresholds;
    private final Supplier<OptionalDouble> load;
    private final SteadyLoad steady = new SteadyLoad();

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
        boolean staysUnknown = steady.staysUnknown(now);
        if (now.isEmpty()) {
            return staysUnknown
                    ? Utilization.notAvailable("the CPU load of " + whose, Platform.reason())
                    : Outcome.ok("the CPU load of " + whose + " is not known yet");
        }
        String seen = "CPU load of " + whose + ", the lowest of 3 readings";
        Outcome outcome = Utilization.compare(thresholds, seen, steady.after(now.getAsDouble()));
        return Utilization.measured(outcome, now.getAsDouble());
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
