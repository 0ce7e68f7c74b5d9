package dev.vitals.health;

import dev.vitals.health.internal.Cgroup;
import dev.vitals.health.internal.Platform;
import dev.vitals.health.internal.SteadyLoad;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The share of the container's CPU limit that was used since the run before; without a limit, the load of the system. The
 * lowest of three readings is judged.
 */
final class SystemCpu implements HealthCheck {
    private static final String NOT_YET = "the CPU load is not known yet";

    private final Supplier<Optional<Cgroup.Cpu>> container;
    private final LongSupplier nanoTime;
    private final SteadyLoad steady = new SteadyLoad();
    private volatile @Nullable Reading last;
    private volatile boolean asked;

    private record Reading(long usedNanos, long nanos) {}

    SystemCpu(Supplier<Optional<Cgroup.Cpu>> container, LongSupplier nanoTime) {
        this.container = container;
        this.nanoTime = nanoTime;
    }

    @Override
    public Outcome run() {
        Optional<Cgroup.Cpu> limited = container.get();
        if (limited.isPresent()) {
            return inContainer(limited.get());
        }
        OptionalDouble load = Platform.systemCpuLoad();
        if (load.isEmpty()) {
            return steady.staysUnknown(load)
                    ? Outcome.warning("the CPU load is not available: " + Platform.reason())
                    : Outcome.ok(NOT_YET);
        }
        if (!asked) {
            // The first value is the load of the JVM's own start.
            asked = true;
            return Outcome.ok(NOT_YET);
        }
        return judge("CPU load", load.getAsDouble());
    }

    private Outcome inContainer(Cgroup.Cpu cpu) {
        Reading now = new Reading(cpu.usedNanos(), nanoTime.getAsLong());
        Reading before = last;
        last = now;
        if (before == null || now.nanos() <= before.nanos()) {
            return Outcome.ok(NOT_YET);
        }
        double used = (double) (now.usedNanos() - before.usedNanos()) / (now.nanos() - before.nanos());
        double share = Math.max(0, used / cpu.processors());
        return judge("CPU load of " + cpu.processors() + " processors", share);
    }

    private Outcome judge(String seen, double share) {
        return SystemChecks.judge(SystemChecks.CPU, seen + ", the lowest of 3 readings", steady.after(share), share);
    }
}
