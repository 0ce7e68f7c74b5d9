package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The results of all checks at one moment, for probes to read. Immutable; reports are made when first asked for. */
final class Snapshot {
    static final String ALL = "";
    static final long FAR_NANOS = Duration.ofDays(365).toNanos();

    private static final List<String> ALWAYS = List.of(Health.LIVE, Health.READY, Health.STARTUP);

    private final long version;
    private final long nanoTime;
    private final List<CheckResult> checks;
    private final @Nullable Drain drain;
    private final boolean closed;
    private final boolean started;
    private final long validUntilNanos;
    private final long reviewNanos;
    private final ConcurrentHashMap<String, HealthReport> reports = new ConcurrentHashMap<>();
    private final CheckIndex index;

    private Snapshot(
            long version,
            long nanoTime,
            List<CheckResult> checks,
            CheckIndex index,
            @Nullable Drain drain,
            boolean closed,
            boolean alreadyStarted) {
        this.version = version;
        this.closed = closed;
        this.nanoTime = nanoTime;
        this.checks = Collections.unmodifiableList(checks);
        this.index = index;
        this.drain = drain != null && nanoTime - drain.untilNanos() < 0 ? drain : null;
        this.started = alreadyStarted || hasStarted();
        this.validUntilNanos = validUntil();
        this.reviewNanos = halfOf(nanoTime, validUntilNanos);
    }

    /** The snapshot before with another result in one place. */
    private Snapshot(Snapshot before, List<CheckResult> checks, CheckResult changed, long nanoTime) {
        this.version = before.version + 1;
        this.nanoTime = nanoTime;
        this.checks = Collections.unmodifiableList(checks);
        this.index = before.index;
        this.drain = before.drain;
        this.closed = before.closed;
        this.started = before.started || (changed.definition().inStartup() && hasStarted());
        this.validUntilNanos = earlier(before.validUntilNanos, validUntil(changed));
        this.reviewNanos = earlier(before.reviewNanos, halfOf(nanoTime, validUntilNanos));
    }

    static Snapshot empty(long nanoTime) {
        return new Snapshot(0, nanoTime, List.of(), CheckIndex.of(List.of()), null, false, false);
    }

    /**
     * Returns the next snapshot when one check has another result; this one if that check was removed in the meantime.
     *
     * <p>With a thousand checks this happens a hundred times a second. So the other results are checked for their age only
     * after half of the time in which the first of them may become too old. That one may have been replaced since then:
     * probes have to find out what is too old only if nothing was published for long.
     */
    Snapshot with(CheckDefinition definition, UnaryOperator<CheckResult> change, long nextNanos, Instant now) {
        int place = index.of(definition.name());
        if (place < 0 || checks.get(place).definition() != definition) {
            return this;
        }
        if (closed) {
            return this;
        }
        CheckResult changed = change.apply(checks.get(place)).at(nextNanos, now);
        List<CheckResult> results = new ArrayList<>(checks);
        results.set(place, changed);
        return nextNanos - reviewNanos < 0
                ? new Snapshot(this, results, changed, nextNanos)
                : next(results, drain, nextNanos, now);
    }

    /** Returns the next snapshot, with those results as of that time. */
    Snapshot next(List<CheckResult> results, @Nullable Drain nextDrain, long nextNanos, Instant now) {
        List<CheckResult> aged = new ArrayList<>(results.size());
        for (CheckResult result : results) {
            aged.add(result.at(nextNanos, now));
        }
        CheckIndex same = index.fits(results) ? index : CheckIndex.of(results);
        return new Snapshot(version + 1, nextNanos, aged, same, nextDrain, closed, started);
    }

    /** Returns the last snapshot, which shows that nothing looks any more. */
    Snapshot closed(long nextNanos, Instant now) {
        List<CheckResult> ended =
                checks.stream().map(result -> result.closed(nextNanos, now)).toList();
        return new Snapshot(version + 1, nextNanos, ended, index, drain, true, started);
    }

    boolean isClosed() {
        return closed;
    }

    // An empty group has not started: its checks may still be registered.
    private boolean hasStarted() {
        List<CheckResult> members = List.of();
        for (CheckResult result : checks) {
            if (result.definition().inStartup()) {
                members = members(Health.STARTUP);
                break;
            }
        }
        return !members.isEmpty() && Aggregator.statusOf(Health.STARTUP, members, nanoTime) != Status.FAIL;
    }

    private long validUntil() {
        long until = drain == null ? nanoTime + FAR_NANOS : drain.untilNanos();
        for (CheckResult result : checks) {
            until = earlier(until, validUntil(result));
        }
        return until;
    }

    private long validUntil(CheckResult result) {
        return result.validUntilNanos(nanoTime);
    }

    private static long halfOf(long from, long until) {
        return from + (until - from) / 2;
    }

    static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    /** Returns until when nothing but a request or an edit changes the report on that group, by these times of results. */
    long steadyUntil(String group, List<CheckResult> results, ToLongFunction<CheckResult> nextChange) {
        if (group.equals(Health.READY) || results.isEmpty()) {
            return nanoTime;
        }
        long until = nanoTime + FAR_NANOS;
        for (CheckResult result : results) {
            until = earlier(until, earlier(validUntil(result), nextChange.applyAsLong(result)));
        }
        return until;
    }

    Status statusOf(String group, List<CheckResult> members) {
        if (closed || drainOf(group).isPresent()) {
            return Status.FAIL;
        }
        return started && group.equals(Health.STARTUP) ? Status.PASS : Aggregator.statusOf(group, members, nanoTime);
    }

    Optional<Drain> drainOf(String group) {
        return group.equals(Health.READY) ? Optional.ofNullable(drain) : Optional.empty();
    }

    long version() {
        return version;
    }

    List<CheckResult> checks() {
        return checks;
    }

    @Nullable
    Drain drain() {
        return drain;
    }

    boolean validAt(long nanos) {
        return nanos - validUntilNanos < 0;
    }

    /** Returns the report on that group, the same object each time; null if no check belongs to the group. */
    @Nullable
    HealthReport report(String group) {
        HealthReport known = reports.get(group);
        return known != null ? known : make(group);
    }

    // In a method by itself because it is rare: inlined, it would make the JIT compile the path of every probe again.
    private @Nullable HealthReport make(String group) {
        List<CheckResult> members = members(group);
        if (members.isEmpty() && !group.equals(ALL) && !ALWAYS.contains(group)) {
            return null;
        }
        HealthReport made = new HealthReport(this, group, members);
        HealthReport earlier = reports.putIfAbsent(group, made);
        return earlier == null ? made : earlier;
    }

    /** Makes what is often asked for of that snapshot, so that no probe has to once this one is shown. */
    void prepareLike(Snapshot shown) {
        for (Map.Entry<String, HealthReport> entry : shown.reports.entrySet()) {
            entry.getValue().prepare(() -> report(entry.getKey()));
        }
    }

    private List<CheckResult> members(String group) {
        if (group.equals(ALL)) {
            return checks;
        }
        // A loop, because this runs for every result of every check.
        List<CheckResult> members = new ArrayList<>();
        for (CheckResult result : checks) {
            if (result.definition().isIn(group)) {
                members.add(result);
            }
        }
        return Collections.unmodifiableList(members);
    }

    @Nullable
    CheckResult result(String name) {
        int place = index.of(name);
        return place < 0 ? null : checks.get(place);
    }

    Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>(ALWAYS);
        checks.forEach(result -> groups.addAll(result.definition().groups()));
        return Collections.unmodifiableSet(groups);
    }

    Map<String, Status> groupStatuses() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        groups().forEach(group ->
                statuses.put(group, Objects.requireNonNull(report(group), group).status()));
        return Collections.unmodifiableMap(statuses);
    }

    /** The place of each check in the list of results; snapshots share it until a check is added or removed. Immutable. */
    private static final class CheckIndex {
        private final Map<String, Integer> byName;

        private CheckIndex(Map<String, Integer> byName) {
            this.byName = byName;
        }

        static CheckIndex of(List<CheckResult> results) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < results.size(); i++) {
                places.put(results.get(i).name(), i);
            }
            return new CheckIndex(places);
        }

        /** Returns whether that list has the same checks in the same places. */
        boolean fits(List<CheckResult> results) {
            if (results.size() != byName.size()) {
                return false;
            }
            for (int i = 0; i < results.size(); i++) {
                if (of(results.get(i).name()) != i) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the place of the check of that name; negative if there is none. */
        int of(String name) {
            return byName.getOrDefault(name, -1);
        }
    }
}
