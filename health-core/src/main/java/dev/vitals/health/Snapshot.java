package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All results at one moment; what a probe reads. Immutable but for reports, which are made when first asked for. */
final class Snapshot {
    static final String ALL = "";
    static final long FAR_NANOS = Duration.ofDays(365).toNanos();

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Set<String> ALWAYS = Set.of("live", "ready", "startup");

    private final long version;
    private final long nanoTime;
    private final List<CheckResult> checks;
    private final long validUntilNanos;
    private final ConcurrentHashMap<String, HealthReport> reports = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, CheckResult> byName;

    Snapshot(long version, long nanoTime, Instant now, List<CheckResult> results) {
        this.version = version;
        this.nanoTime = nanoTime;
        List<CheckResult> aged = new ArrayList<>(results.size());
        boolean stale = false;
        for (CheckResult result : results) {
            CheckResult current = result.at(nanoTime, now);
            stale |= current.stale();
            aged.add(current);
        }
        this.checks = Collections.unmodifiableList(aged);
        // A stale result says how old it is, in seconds, so its words hold for a second.
        long earliest = earliest(fresh(aged), nanoTime);
        this.validUntilNanos = stale ? nanoTime + Math.min(SECOND_NANOS, earliest - nanoTime) : earliest;
    }

    private static List<CheckResult> fresh(List<CheckResult> results) {
        return results.stream().filter(result -> !result.stale()).toList();
    }

    static long earliest(List<CheckResult> results, long nanoTime) {
        long earliest = nanoTime + FAR_NANOS;
        for (CheckResult result : results) {
            long until = result.freshUntilNanos(nanoTime);
            earliest = until - earliest < 0 ? until : earliest;
        }
        return earliest;
    }

    long version() {
        return version;
    }

    List<CheckResult> checks() {
        return checks;
    }

    boolean validAt(long nanos) {
        return nanos - validUntilNanos < 0;
    }

    /** Returns the report for that group, the same object each time; null if nothing ever named the group. */
    @Nullable
    HealthReport report(String group) {
        HealthReport known = reports.get(group);
        if (known != null) {
            return known;
        }
        HealthReport made = make(group);
        if (made == null) {
            return null;
        }
        HealthReport earlier = reports.putIfAbsent(group, made);
        return earlier == null ? made : earlier;
    }

    private @Nullable HealthReport make(String group) {
        if (group.equals(ALL)) {
            return new HealthReport(group, version, nanoTime, checks);
        }
        List<CheckResult> members = checks.stream()
                .filter(result -> result.definition().groups().contains(group))
                .toList();
        return members.isEmpty() && !ALWAYS.contains(group)
                ? null
                : new HealthReport(group, version, nanoTime, members);
    }

    @Nullable
    CheckResult result(String name) {
        Map<String, CheckResult> index = byName;
        if (index == null) {
            index = checks.stream().collect(Collectors.toMap(CheckResult::name, Function.identity()));
            byName = index;
        }
        return index.get(name);
    }

    Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>(List.of("live", "ready", "startup"));
        checks.forEach(result -> groups.addAll(result.definition().groups()));
        return Collections.unmodifiableSet(groups);
    }
}
