package dev.vitals.health.micrometer;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.engine.HealthView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters in one registry. Whenever one of them is read, meters are added and removed as the checks are. */
final class BoundMeters {
    private final Health health;
    private final HealthView view;
    private final MeterRegistry registry;
    private final Tags tags;
    private volatile @Nullable ScrapeSnapshot latest;

    // The thread that sets it may change the fields below. Nobody waits for it, because a registry may read meters
    // while
    // it adds one.
    private final AtomicBoolean following = new AtomicBoolean();
    private final Map<String, List<Meter>> ofChecks = new HashMap<>();
    private final Map<String, List<Meter>> ofGroups = new HashMap<>();
    private final List<Meter> ofAll = new ArrayList<>();
    private volatile boolean closed;

    BoundMeters(Health health, MeterRegistry registry, Tags tags) {
        this.health = health;
        this.view = HealthView.of(health);
        this.registry = registry;
        this.tags = tags;
    }

    /** The value of one meter; the latest one if its check or group is gone. */
    private static final class Reader implements ToDoubleFunction<BoundMeters> {
        private final Function<ScrapeSnapshot, @Nullable Double> value;
        private volatile double last = Double.NaN;

        Reader(Function<ScrapeSnapshot, @Nullable Double> value) {
            this.value = value;
        }

        @Override
        public double applyAsDouble(BoundMeters meters) {
            Double read = value.apply(meters.snapshotFor(this));
            if (read != null) {
                last = read;
            }
            return last;
        }
    }

    void open() {
        follow(newSnapshot());
    }

    void close() {
        closed = true;
        removeIfClosed();
    }

    private ScrapeSnapshot newSnapshot() {
        return ScrapeSnapshot.at(health, registry.config().clock().monotonicTime());
    }

    private ScrapeSnapshot snapshotFor(Reader reader) {
        ScrapeSnapshot seen = latest;
        if (seen != null && seen.admits(reader, registry.config().clock().monotonicTime())) {
            return seen;
        }
        // A probe runs them, too, so that meters and endpoints agree.
        health.refresh(check -> true);
        ScrapeSnapshot next = newSnapshot();
        next.readers().add(reader);
        latest = next;
        follow(next);
        return next;
    }

    private void follow(ScrapeSnapshot snapshot) {
        if (!following.compareAndSet(false, true)) {
            return;
        }
        try {
            if (ofAll.isEmpty()) {
                ofAll.add(gauge(
                        "vitals.status",
                        tags,
                        "Status of all checks: 0 pass, 1 warn, 2 fail",
                        now -> number(now.report().status())));
            }
            follow(ofChecks, snapshot.checks().keySet(), this::metersOfCheck);
            follow(ofGroups, snapshot.groups().keySet(), this::metersOfGroup);
        } finally {
            following.set(false);
        }
        removeIfClosed();
    }

    private void follow(Map<String, List<Meter>> known, Set<String> wanted, Function<String, List<Meter>> make) {
        known.entrySet().removeIf(entry -> !wanted.contains(entry.getKey()) && remove(entry.getValue()));
        wanted.forEach(name -> known.computeIfAbsent(name, make));
    }

    // A thread that is adding meters at this moment calls this when it is done. The flag stays set, so none are added
    // again.
    private void removeIfClosed() {
        if (closed && following.compareAndSet(false, true)) {
            remove(ofAll);
            ofChecks.values().forEach(this::remove);
            ofGroups.values().forEach(this::remove);
        }
    }

    private boolean remove(List<Meter> meters) {
        meters.forEach(registry::remove);
        return true;
    }

    private List<Meter> metersOfGroup(String group) {
        return List.of(gauge(
                "vitals.group.status",
                tags.and("group", group),
                "Status of the group: 0 pass, 1 warn, 2 fail",
                snapshot -> {
                    Status status = snapshot.groups().get(group);
                    return status == null ? null : number(status);
                }));
    }

    private List<Meter> metersOfCheck(String check) {
        Tags own = tags.and("check", check);
        List<Meter> meters = new ArrayList<>();
        meters.add(gauge(
                "vitals.check.status",
                own,
                "Status of the check: 0 pass, 1 warn, 2 fail",
                of(check, result -> number(result.status()))));
        meters.add(gauge(
                "vitals.check.stale",
                own,
                "Whether the latest result is too old to count",
                of(check, result -> number(result.stale()))));
        meters.add(time(
                "vitals.check.duration",
                own,
                "How long the latest run took",
                of(check, result -> seconds(result.duration().orElse(null)))));
        meters.add(time(
                "vitals.check.age",
                own,
                "How long ago the latest result arrived",
                of(check, result -> seconds(view.age(result).orElse(null)))));
        for (State state : State.values()) {
            meters.add(gauge(
                    "vitals.check.state",
                    own.and("state", word(state)),
                    "Whether the check is in this state",
                    of(check, result -> number(result.state() == state))));
        }
        for (Outcome.Code code : Outcome.Code.values()) {
            meters.add(counter(
                    "vitals.check.runs",
                    own.and("outcome", word(code)),
                    "Runs that ended with this outcome",
                    of(check, result -> (double) result.runs(code))));
        }
        return meters;
    }

    private static Function<ScrapeSnapshot, @Nullable Double> of(String check, Function<CheckResult, Double> value) {
        return snapshot -> {
            CheckResult result = snapshot.checks().get(check);
            return result == null ? null : value.apply(result);
        };
    }

    private Meter gauge(String name, Tags with, String description, Function<ScrapeSnapshot, @Nullable Double> value) {
        return Gauge.builder(name, this, new Reader(value))
                .tags(with)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private Meter time(String name, Tags with, String description, Function<ScrapeSnapshot, @Nullable Double> seconds) {
        return TimeGauge.builder(name, this, TimeUnit.SECONDS, new Reader(seconds))
                .tags(with)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    // A counter references this object weakly; the gauges reference it strongly.
    private Meter counter(
            String name, Tags with, String description, Function<ScrapeSnapshot, @Nullable Double> value) {
        return FunctionCounter.builder(name, this, new Reader(value))
                .tags(with)
                .description(description)
                .register(registry);
    }

    private static double number(Status status) {
        return switch (status) {
            case PASS -> 0;
            case WARN -> 1;
            case FAIL -> 2;
        };
    }

    private static double number(boolean is) {
        return is ? 1 : 0;
    }

    private static double seconds(@Nullable Duration time) {
        return time == null ? Double.NaN : time.toNanos() / 1e9;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
