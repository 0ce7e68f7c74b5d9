package dev.vitals.health;

import dev.vitals.health.internal.MemoHolder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate answer for one group, or for all checks. Immutable.
 *
 * <p>Two reads return the same object as long as nothing has changed, so reports can be compared by identity.
 */
public final class HealthReport {
    static {
        MemoHolder.register(HealthReport.class, report -> report.memos);
    }

    private final MemoHolder<HealthReport> memos = new MemoHolder<>();
    private final Snapshot snapshot;
    private final String group;
    private final List<CheckResult> checks;
    private final Status status;
    private final boolean onRequest;
    private volatile @Nullable Long steadyUntilNanos;

    HealthReport(Snapshot snapshot, String group, List<CheckResult> checks) {
        this.snapshot = snapshot;
        this.group = group;
        this.checks = checks;
        this.status = snapshot.statusOf(group, checks);
        this.onRequest = checks.stream().anyMatch(result -> result.definition().onRequest());
    }

    /** Returns the group that was asked for; empty for all checks. */
    public Optional<String> group() {
        return group.equals(Snapshot.ALL) ? Optional.empty() : Optional.of(group);
    }

    /** Returns a number that grows with every change of any check. */
    public long version() {
        return snapshot.version();
    }

    /**
     * Returns the aggregate: any critical check at fail is fail; else any fail or warn is warn; else pass. While
     * draining, {@code ready} is fail. {@code startup} is pass for ever once it has not been fail. After
     * {@link Health#close()} every report is fail.
     */
    public Status status() {
        return status;
    }

    /** Returns the checks in the order of their registration. */
    public List<CheckResult> checks() {
        return checks;
    }

    /** Returns the status of every group at the moment of this report, whichever group it is on. */
    public Map<String, Status> groups() {
        return snapshot.groupStatuses();
    }

    /** Returns the result of one check, if it is in this report. */
    public Optional<CheckResult> check(String name) {
        Objects.requireNonNull(name, "name");
        return checks.stream().filter(result -> result.name().equals(name)).findFirst();
    }

    /** Returns the drain that makes this report fail, if there is one. */
    public Optional<Drain> drain() {
        return snapshot.drainOf(group);
    }

    /** Returns why the report does not pass: that all is closed, the drain, or the checks that do not pass; empty on pass. */
    public Optional<String> output() {
        if (status == Status.PASS) {
            return Optional.empty();
        }
        if (snapshot.isClosed()) {
            return Optional.of("closed");
        }
        return Optional.of(drain().map(Drain::toString).orElseGet(this::notPassing));
    }

    private String notPassing() {
        return checks.stream()
                .filter(result -> result.status() != Status.PASS)
                .map(result -> result.name() + " " + result.status().word())
                .collect(Collectors.joining(", "));
    }

    /** Returns whether some of its checks run only when somebody asks; see {@link Health#refresh}. */
    public boolean onRequest() {
        return onRequest;
    }

    /** Returns this report without the checks of those names; ignores names that are not in it. */
    public HealthReport without(Collection<String> names) {
        List<CheckResult> rest =
                checks.stream().filter(result -> !names.contains(result.name())).toList();
        return new HealthReport(snapshot, group, rest);
    }

    /** Makes what is often asked for of this report for that one, if there is one. */
    void prepare(Supplier<@Nullable HealthReport> next) {
        memos.handOn(next);
    }

    /** Returns until when nothing but a request or an edit changes it; asks for the times of its checks once. */
    long steadyUntil(ToLongFunction<CheckResult> nextChange) {
        Long known = steadyUntilNanos;
        if (known == null) {
            known = snapshot.steadyUntil(group, checks, nextChange);
            steadyUntilNanos = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "HealthReport " + version() + " " + status + " " + checks;
    }
}
