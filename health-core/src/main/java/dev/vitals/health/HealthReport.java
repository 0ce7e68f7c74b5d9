package dev.vitals.health;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The aggregate answer for one group, or for all checks. Immutable.
 *
 * <p>Two reads give the same object as long as nothing has changed, so that it can be compared by identity.
 */
public final class HealthReport {
    private final String group;
    private final long version;
    private final long freshUntilNanos;
    private final Status status;
    private final boolean onRequest;
    private final List<CheckResult> checks;

    HealthReport(String group, long version, long nanoTime, List<CheckResult> checks) {
        this.group = group;
        this.version = version;
        this.status = Aggregator.statusOf(checks);
        this.onRequest = checks.stream().anyMatch(result -> result.definition().onRequest());
        this.checks = checks;
        this.freshUntilNanos = Snapshot.earliest(checks, nanoTime);
    }

    /** Returns the group that was asked for; empty for all checks. */
    public Optional<String> group() {
        return group.equals(Snapshot.ALL) ? Optional.empty() : Optional.of(group);
    }

    /** Returns a number that grows with every change of any check. */
    public long version() {
        return version;
    }

    /** Returns the aggregate: any critical check at fail is fail; else any fail or warn is warn; else pass. */
    public Status status() {
        return status;
    }

    /** Returns the checks in the order of their registration. */
    public List<CheckResult> checks() {
        return checks;
    }

    /** Returns the result of one check, if it is in this report. */
    public Optional<CheckResult> check(String name) {
        Objects.requireNonNull(name, "name");
        return checks.stream().filter(result -> result.name().equals(name)).findFirst();
    }

    /** Returns whether some of its checks run only when somebody asks; see {@link Health#refresh}. */
    public boolean onRequest() {
        return onRequest;
    }

    /** Returns this report without the checks of those names; names that it does not hold are of no matter. */
    public HealthReport without(Collection<String> names) {
        List<CheckResult> rest =
                checks.stream().filter(result -> !names.contains(result.name())).toList();
        return new HealthReport(group, version, freshUntilNanos, rest);
    }

    long freshUntilNanos() {
        return freshUntilNanos;
    }

    @Override
    public String toString() {
        return "HealthReport " + version + " " + status + " " + checks;
    }
}
