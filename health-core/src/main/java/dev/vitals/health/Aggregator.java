package dev.vitals.health;

import java.util.List;

/** Computes the status of a group from its checks. Pure. */
final class Aggregator {
    private Aggregator() {}

    static Status statusOf(String group, List<CheckResult> checks, long nanoTime) {
        Status worst = Status.PASS;
        for (CheckResult check : checks) {
            worst = worst.worst(contribution(check, group, checks, nanoTime));
        }
        return worst;
    }

    private static Status contribution(CheckResult check, String group, List<CheckResult> checks, long nanoTime) {
        boolean fails = check.status() == Status.FAIL || blockedFromOutside(check, checks);
        if (!fails) {
            return check.status();
        }
        return check.definition().critical(group) && countsInFull(check, nanoTime) ? Status.FAIL : Status.WARN;
    }

    // The cause fails the report itself. If it is not in the report, the blocked check fails it instead.
    private static boolean blockedFromOutside(CheckResult check, List<CheckResult> checks) {
        return check.blockedBy()
                .map(cause -> checks.stream().noneMatch(other -> other.name().equals(cause)))
                .orElse(false);
    }

    private static boolean countsInFull(CheckResult check, long nanoTime) {
        return !check.definition().shared() || nanoTime - check.countsInFullAtNanos(nanoTime) >= 0;
    }
}
