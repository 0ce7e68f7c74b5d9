package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks how much of a connection pool is in use: WARNING from 90 % or when threads wait for a connection; ERROR only if
 * {@link #limits} sets it.
 *
 * <p>A pool in full use still works, and an instance taken out of rotation adds load to the others; so there is no ERROR
 * by default. The numbers come from the pool, with HikariCP for example:
 *
 * <pre>{@code
 * PoolIndicator.of(() -> pool.getHikariPoolMXBean().getActiveConnections(), pool::getMaximumPoolSize)
 *         .waiting(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection())
 * }</pre>
 *
 * <p>A maximum below 1 means no limit: then only waiting threads count, and without {@link #waiting} the outcome is
 * WARNING, since there is nothing to judge. If a supplier throws, the outcome is ERROR.
 * Measures {@code utilization} in percent, {@code active} and {@code max} in connections, {@code waiting} in threads.
 * Takes no connection; a run costs what the suppliers cost.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class PoolIndicator implements HealthCheck {
    private static final UsageThresholds DEFAULT = UsageThresholds.warnOnly(0.9);

    private final IntSupplier active;
    private final IntSupplier max;
    private final @Nullable IntSupplier waiting;
    private final UsageThresholds thresholds;

    private PoolIndicator(
            IntSupplier active, IntSupplier max, @Nullable IntSupplier waiting, UsageThresholds thresholds) {
        this.active = active;
        this.max = max;
        this.waiting = waiting;
        this.thresholds = thresholds;
    }

    /**
     * Returns a check of a pool.
     *
     * @param active returns the number of connections in use
     * @param max returns the maximum number of connections
     */
    public static PoolIndicator of(IntSupplier active, IntSupplier max) {
        Objects.requireNonNull(active, "active");
        Objects.requireNonNull(max, "max");
        return new PoolIndicator(active, max, null, DEFAULT);
    }

    /** Returns a copy that is WARNING while threads wait for a connection; the supplier returns their number. Default none. */
    public PoolIndicator waiting(IntSupplier waiting) {
        return new PoolIndicator(active, max, Objects.requireNonNull(waiting, "waiting"), thresholds);
    }

    /**
     * Returns a copy that is WARNING from this share on, and never ERROR; default 0.9.
     *
     * @throws IllegalArgumentException if it is not from 0.001 to 1
     */
    public PoolIndicator warnAt(double warnAt) {
        return new PoolIndicator(active, max, waiting, UsageThresholds.warnOnly(warnAt));
    }

    /**
     * Returns a copy with two limits.
     *
     * @param warnAt share from which on the outcome is WARNING; from 0.001 to 1
     * @param failAt share from which on it is ERROR; from {@code warnAt} to 1
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public PoolIndicator limits(double warnAt, double failAt) {
        return new PoolIndicator(active, max, waiting, UsageThresholds.of(warnAt, failAt));
    }

    @Override
    public Outcome run() {
        int used = active.getAsInt();
        int size = max.getAsInt();
        int queued = waiting == null ? 0 : waiting.getAsInt();
        Outcome outcome = judge(used, size, queued).measured("active", used, "connections");
        if (size > 0) {
            outcome = outcome.measured("max", size, "connections");
        }
        return waiting == null ? outcome : outcome.measured("waiting", queued, "threads");
    }

    private Outcome judge(int used, int size, int queued) {
        String seen = used + (size > 0 ? " of " + size : "") + " connections are in use";
        Outcome outcome = size > 0 ? Utilization.judge(thresholds, seen, new Usage(used, size)) : unlimited();
        if (queued <= 0 || outcome.code() == Outcome.Code.ERROR) {
            return outcome;
        }
        Outcome warning = Outcome.warning("threads waiting for a connection: " + queued + ", " + seen);
        return size > 0 ? Utilization.measured(warning, new Usage(used, size).share()) : warning;
    }

    private Outcome unlimited() {
        return waiting == null
                ? Outcome.warning("the pool has no maximum, and waiting(...) is not set: there is nothing to judge")
                : Outcome.ok();
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("datastore");
    }
}
