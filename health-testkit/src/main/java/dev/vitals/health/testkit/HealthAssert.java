package dev.vitals.health.testkit;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.HealthReport;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.util.Objects;

/**
 * Assertions on the reports of a {@link Health}, from memory. Each one returns this object, or throws an
 * {@code AssertionError} that shows the report.
 */
public final class HealthAssert {
    private final Health health;

    private HealthAssert(Health health) {
        this.health = health;
    }

    /** Returns assertions on these checks. */
    public static HealthAssert assertThat(Health health) {
        return new HealthAssert(Objects.requireNonNull(health, "health"));
    }

    /** Asserts the status of the report on all checks. */
    public HealthAssert is(Status expected) {
        return require("all checks", health.report(), expected);
    }

    /** Asserts the status of the report on a group. */
    public HealthAssert group(String name, Status expected) {
        return require(
                "group " + name,
                health.report(name)
                        .orElseThrow(() -> new AssertionError("no group " + name + " in " + health.report())),
                expected);
    }

    private HealthAssert require(String what, HealthReport report, Status expected) {
        if (report.status() != expected) {
            throw new AssertionError("expected " + what + " to be " + expected + ", was " + report);
        }
        return this;
    }

    /** Asserts the state of a check, after thresholds. */
    public HealthAssert check(String name, State expected) {
        CheckResult result = result(name);
        if (result.state() != expected) {
            throw new AssertionError("expected check " + name + " to be " + expected + ", was " + result);
        }
        return this;
    }

    /** Asserts that the check's output, or the message of its outcome, contains this. */
    public HealthAssert says(String name, String part) {
        CheckResult result = result(name);
        String text = result.output().or(() -> result.outcome().message()).orElse("");
        if (!text.contains(part)) {
            throw new AssertionError("expected check " + name + " to say '" + part + "', was " + result);
        }
        return this;
    }

    private CheckResult result(String name) {
        return health.check(name).orElseThrow(() -> new AssertionError("no check " + name + " in " + health.report()));
    }
}
