package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The groups of checks, and their effect on reports. */
class GroupsTest {
    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();

    private static Status of(Health health, String group) {
        return health.report(group).orElseThrow().status();
    }

    @Test
    void startupPassesForEverOnceItHas() {
        try (Health health = time.health()
                .check("c", check, c -> c.groups("startup", "ready").failureThreshold(1))
                .start()) {
            assertThat(of(health, "startup")).isEqualTo(Status.FAIL);
            time.advance(Duration.ZERO);
            assertThat(of(health, "startup")).isEqualTo(Status.PASS);
            check.answer(Outcome.error("down"));
            time.advance(Duration.ofSeconds(10));
            assertThat(of(health, "startup")).isEqualTo(Status.PASS);
            assertThat(of(health, "ready")).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void anEmptyStartupHasNotStarted() {
        try (Health health = time.health().start()) {
            assertThat(of(health, "startup")).isEqualTo(Status.PASS);
            health.register("late", check, c -> c.groups("startup"));
            assertThat(of(health, "startup")).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void mayBeCriticalInOneGroupOnly() {
        check.answer(Outcome.error("down"));
        try (Health health = time.health()
                .check(
                        "c",
                        check,
                        c -> c.groups("ready", "batch")
                                .critical(false)
                                .critical("batch", true)
                                .failureThreshold(1))
                .start()) {
            time.advance(Duration.ZERO);
            assertThat(of(health, "ready")).isEqualTo(Status.WARN);
            assertThat(of(health, "batch")).isEqualTo(Status.FAIL);
            assertThat(health.report().status()).isEqualTo(Status.WARN);
        }
    }

    @Test
    void aSharedCheckOnlyWarns() {
        check.answer(Outcome.error("down"));
        try (Health health = time.health()
                .check("c", check, c -> c.groups("ready").shared().failureThreshold(1))
                .start()) {
            time.advance(Duration.ofDays(1));
            assertThat(of(health, "ready")).isEqualTo(Status.WARN);
            assertThat(health.check("c").orElseThrow().status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void aSharedCheckMayFailReportsAfterATime() {
        try (Health health = time.health()
                .check(
                        "c",
                        check,
                        c -> c.groups("ready").shared(Duration.ofMinutes(5)).failureThreshold(1))
                .start()) {
            time.advance(Duration.ofSeconds(15));
            check.answer(Outcome.error("down"));
            time.advance(Duration.ofSeconds(5));
            assertThat(of(health, "ready")).isEqualTo(Status.WARN);
            time.advance(Duration.ofSeconds(299));
            assertThat(of(health, "ready")).isEqualTo(Status.WARN);
            time.advance(Duration.ofSeconds(1));
            assertThat(of(health, "ready")).isEqualTo(Status.FAIL);
            check.answer(Outcome.ok());
            time.advance(Duration.ofSeconds(10));
            assertThat(of(health, "ready")).isEqualTo(Status.PASS);
        }
    }

    @Test
    void refusesRemoteChecksInLiveUnlessTheyAreNamed() {
        HealthBuilder builder =
                time.health().check("database", check, c -> c.groups("live").remote(true));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::start)
                .withMessage("groups of check 'database' must not contain 'live', was [live]: the check looks at"
                        + " something remote, and a restart of this process would not mend that; use 'ready',"
                        + " or allowRemoteInLive(\"database\")");
        try (Health health = builder.allowRemoteInLive("database").start()) {
            assertThat(health.lint())
                    .anyMatch(
                            finding -> finding.startsWith("check database: looks at something remote and is in live"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register(
                            "other", check, c -> c.groups("live").remote(true)))
                    .withMessageStartingWith("groups of check 'other' must not contain 'live'");
            assertThat(health.check("other")).isEmpty();
        }
    }

    @Test
    void findsSettingsThatAreProbablyUnintended() {
        try (Health health = time.health()
                .check("a", check, c -> c.interval(Duration.ofSeconds(1)).timeout(Duration.ofSeconds(5)))
                .check("b", check, c -> c.maxAge(Duration.ofSeconds(3)))
                .check("d", check, c -> c.onRequest().groups("live"))
                .start()) {
            assertThat(health.lint())
                    .containsExactly(
                            "check a: interval 1s is below timeout 5s: a slow run makes it miss its next start",
                            "check b: max age 3s is below interval + timeout 12s: a slow run makes it UNKNOWN",
                            "check d: runs on request with timeout 2s, longer than the 1s that a kubelet waits",
                            "group ready has no checks: /_health/ready always passes");
        }
        try (Health health =
                time.health().check("a", check, c -> c.groups("ready")).start()) {
            assertThat(health.lint()).isEmpty();
        }
    }

    @Test
    void findsAGroupReadyThatCannotFail() {
        try (Health health = time.health()
                .check("a", check, c -> c.groups(Health.READY).critical(false))
                .check("b", check, c -> c.groups(Health.READY).shared())
                .start()) {
            assertThat(health.lint())
                    .containsExactly("group ready has only checks that warn: /_health/ready never fails");
            health.register("c", check, c -> c.groups(Health.READY).shared(Duration.ofMinutes(5)));
            assertThat(health.lint()).isEmpty();
        }
    }

    @Test
    void findsAnyGroupThatCannotFail() {
        try (Health health = time.health()
                .check("a", check, c -> c.groups("ready", "live", "batch"))
                .check("b", check, c -> c.groups("startup", "batch").critical(false))
                .check("c", check, c -> c.groups("nightly").shared())
                .check("d", check, c -> c.groups("live").critical("live", false))
                .start()) {
            assertThat(health.lint())
                    .containsExactly(
                            "group nightly has only checks that warn: /_health/nightly never fails",
                            "group startup has only checks that warn: /_health/startup never fails");
        }
    }

    @Test
    void findsGroupsThatAreProbablyMisspelled() {
        try (Health health = time.health()
                .check("a", check, c -> c.groups(Health.READY, "Ready", "liveness", "batch"))
                .start()) {
            assertThat(health.lint())
                    .containsExactly(
                            "check a: group Ready is not group ready", "check a: group liveness is not group live");
        }
    }

    @Test
    void countsWhatTheApplicationFeedsAsMembersOfReady() {
        Heartbeat loop = Heartbeat.every(Duration.ofSeconds(30));
        try (LogLines lines = new LogLines(Health.class);
                Health health = time.health()
                        .check("loop", loop, c -> c.groups(Health.LIVE, Health.READY))
                        .start()) {
            assertThat(health.lint()).isEmpty();
            assertThat(lines.at(Level.WARN)).isEmpty();
        }
    }

    @Test
    void saysAtTheStartThatNoCheckBelongsToReady() {
        try (LogLines lines = new LogLines(Health.class);
                Health health = time.health().check("a", check).start()) {
            assertThat(lines.at(Level.WARN))
                    .containsExactly("settings that are probably unintended:\n  - "
                            + "group ready has no checks: /_health/ready always passes");
            assertThat(health.lint()).hasSize(1);
        }
    }

    @Test
    void aReportShowsTheStatusOfEveryGroupAtItsOwnMoment() {
        try (Health health = time.health()
                .check("c", check, c -> c.groups("mine").failureThreshold(1))
                .start()) {
            time.advance(Duration.ZERO);
            HealthReport before = health.report("live").orElseThrow();
            check.answer(Outcome.error("down"));
            time.advance(Duration.ofSeconds(10));
            assertThat(before.groups()).containsOnlyKeys("live", "ready", "startup", "mine");
            assertThat(before.groups()).containsEntry("mine", Status.PASS);
            assertThat(health.report().groups())
                    .containsEntry("mine", Status.FAIL)
                    .containsEntry("live", Status.PASS);
        }
    }
}
