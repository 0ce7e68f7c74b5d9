package dev.vitals.health;

import java.util.List;

/** What status follows from these checks for that group at that time: a pure function. */
final class Aggregator {
    private Aggregator() {}

    static Status statusOf(String group, List<CheckResult> checks, long nanoTime) {
        Status worst = Status.PASS;
        for (CheckResult check : checks) {
            worst = worst.worst(shareOf(check, group, checks, nanoTime));
        }
        return worst;
    }

    private static Status shareOf(CheckResult check, String group, List<CheckResult> checks, long nanoTime) {
        boolean fails = check.status() == Status.FAIL || blockedFromOutside(check, checks);
        if (!fails) {
            return check.status();
        }
        return check.definition().critical(group) && countsInFull(check, nanoTime) ? Status.FAIL : Status.WARN;
    }

    // The cause fails the report itself, unless the report does not hold it: then the blocked check stands in for it.
    private static boolean blockedFromOutside(CheckResult check, List<CheckResult> checks) {
        return check.blockedBy()
                .map(cause -> checks.stream().noneMatch(other -> other.name().equals(cause)))
                .orElse(false);
    }

    private static boolean countsInFull(CheckResult check, long nanoTime) {
        return !check.definition().shared() || nanoTime - check.countsInFullAtNanos(nanoTime) >= 0;
    }
}
