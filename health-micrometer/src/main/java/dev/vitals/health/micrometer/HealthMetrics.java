package dev.vitals.health.micrometer;

import dev.vitals.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checks of a {@link Health} as meters of Micrometer, read from memory. Thread-safe.
 *
 * <p>A scrape runs the on-request checks as a probe does, at most once a second, and waits for them no longer than the
 * longest of their timeouts. Without such checks it runs nothing and never waits.
 *
 * <table>
 * <caption>The meters; a status is 0 for pass, 1 for warn, 2 for fail</caption>
 * <tr><th>meter</th><th>tags</th><th>value</th></tr>
 * <tr><td>{@code vitals.status}</td><td></td><td>status of the report on all checks</td></tr>
 * <tr><td>{@code vitals.group.status}</td><td>{@code group}</td><td>status of the report on the group</td></tr>
 * <tr><td>{@code vitals.check.status}</td><td>{@code check}</td><td>status of the check</td></tr>
 * <tr><td>{@code vitals.check.state}</td><td>{@code check}, {@code state}</td><td>1 for the state the check is in, 0 for
 *     the others of {@code unknown}, {@code healthy}, {@code degraded}, {@code unhealthy}</td></tr>
 * <tr><td>{@code vitals.check.duration}</td><td>{@code check}</td><td>how long the latest run took; a time; NaN before
 *     the first result</td></tr>
 * <tr><td>{@code vitals.check.age}</td><td>{@code check}</td><td>how long ago the latest result arrived; a time; NaN
 *     before the first result</td></tr>
 * <tr><td>{@code vitals.check.stale}</td><td>{@code check}</td><td>1 if the latest result is older than the max age, else
 *     0</td></tr>
 * <tr><td>{@code vitals.check.runs}</td><td>{@code check}, {@code outcome}</td><td>counts the runs that ended as
 *     {@code ok}, {@code warning} or {@code error}, before thresholds</td></tr>
 * </table>
 *
 * <p>Times are in the registry's unit: Prometheus sees {@code vitals_check_duration_seconds}. All meters of one scrape show
 * the same moment, from the memory that the endpoints answer from. A scrape that takes longer than a second may show two
 * moments, and so may two scrapes at the same time. For the same reason, a meter that is read alone within a second of the
 * last scrape, and was not in it, shows the moment of that scrape.
 *
 * <p>Meters of checks and groups are added and removed when a meter is read. In that scrape some of them may still be
 * missing, or show their latest value once more; the next scrape is right.
 */
public final class HealthMetrics implements MeterBinder, AutoCloseable {
    private final Health health;
    private final Tags tags;
    private final Map<MeterRegistry, BoundMeters> bound = new ConcurrentHashMap<>();

    private HealthMetrics(Health health, Tags tags) {
        this.health = health;
        this.tags = tags;
    }

    /** Returns the meters of these checks, in no registry yet. */
    public static HealthMetrics of(Health health) {
        return of(health, Tags.empty());
    }

    /** Returns the meters of these checks with additional tags, which tell two {@link Health}s in one registry apart. */
    public static HealthMetrics of(Health health, Iterable<Tag> tags) {
        return new HealthMetrics(
                Objects.requireNonNull(health, "health"), Tags.of(Objects.requireNonNull(tags, "tags")));
    }

    /** Adds the meters to that registry; does nothing if they are there already. */
    @Override
    public void bindTo(MeterRegistry registry) {
        BoundMeters meters = new BoundMeters(health, Objects.requireNonNull(registry, "registry"), tags);
        if (bound.putIfAbsent(registry, meters) == null) {
            meters.open();
        }
    }

    /** Removes the meters from every registry. They can be bound again. Closes neither the registries nor the checks. */
    @Override
    public void close() {
        bound.keySet().forEach(registry -> {
            BoundMeters meters = bound.remove(registry);
            if (meters != null) {
                meters.close();
            }
        });
    }
}
