package dev.vitals.health;

import dev.vitals.health.internal.MemoHolder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate answer for one group, or for all checks. Immutable.
 *
 * <p>Two reads give the same object as long as nothing has changed, so that it can be compared by identity.
 */
@SuppressWarnings("exports") // what views add is for the sister modules only
public final class HealthReport extends MemoHolder<HealthReport> {
    private final Snapshot snapshot;
    private final String group;
    private final List<CheckResult> checks;
    private final Status status;
    private final boolean onRequest;
    private final long freshUntilNanos;

    HealthReport(Snapshot snapshot, String group, List<CheckResult> checks) {
        this.snapshot = snapshot;
        this.group = group;
        this.checks = checks;
        this.status = snapshot.statusOf(group, checks);
        this.onRequest = checks.stream().anyMatch(result -> result.definition().onRequest());
        this.freshUntilNanos = snapshot.earliestEnd(checks);
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
     * draining, {@code ready} is fail; once it has not failed, {@code startup} is pass for ever.
     */
    public Status status() {
        return status;
    }

    /** Returns the checks in the order of their registration. */
    public List<CheckResult> checks() {
        return checks;
    }

    /** Returns the status of every group there is, whichever group this report is on: all of the same moment. */
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

    /** Returns what there is to say about a report that does not pass: why it drains, or which checks do not pass. */
    public Optional<String> output() {
        if (status == Status.PASS) {
            return Optional.empty();
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

    /** Returns this report without the checks of those names; names that it does not hold are of no matter. */
    public HealthReport without(Collection<String> names) {
        List<CheckResult> rest =
                checks.stream().filter(result -> !names.contains(result.name())).toList();
        return new HealthReport(snapshot, group, rest);
    }

    /** Makes of that report, if there is one, what is often asked for of this. */
    void prepare(Supplier<@Nullable HealthReport> next) {
        handOn(next);
    }

    long freshUntilNanos() {
        return freshUntilNanos;
    }

    @Override
    public String toString() {
        return "HealthReport " + version() + " " + status + " " + checks;
    }
}
