package dev.vitals.health;

import java.util.List;

/** What status follows from these checks: a pure function. */
final class Aggregator {
    private Aggregator() {}

    static Status statusOf(List<CheckResult> checks) {
        Status worst = Status.PASS;
        for (CheckResult check : checks) {
            worst = worst.worst(shareOf(check));
        }
        return worst;
    }

    private static Status shareOf(CheckResult check) {
        return check.status() == Status.FAIL && !check.definition().critical() ? Status.WARN : check.status();
    }
}
