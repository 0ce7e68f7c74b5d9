package dev.vitals.health.monitor.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.maintenance.OneTimeSchedule;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.WeeklySchedule;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.rule.Expectation;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.store.TestDatabase;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which messages incidents need, and when these may leave. */
class IncidentMessagesTest extends IncidentFixture {
    private static final Duration WINDOW = Rule.DEFAULT_WINDOW;
    private static final String CHAT = "chat";

    private Attribution anna() {
        return new Attribution("anna", "it is the disk", time.instant());
    }

    private void acknowledge(String id) {
        assertThat(incidents.acknowledge(id, anna(), TestDatabase.ENTRY).join()).isPresent();
    }

    @Test
    void troubleIsToldAfterTheWindowAndItsEndToThoseWhoWereTold() {
        register("orders/m1");
        results("orders/m1", "ONN");
        assertThat(messages()).containsExactly("TROUBLE WAITING ops@example.org");
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org");
        Facts.Part part = rows().get(0).facts().incidents().get(0);
        assertThat(part.state()).isEqualTo(State.UNHEALTHY);
        assertThat(part.why()).isEqualTo("connection refused");
        assertThat(part.lines()).singleElement().satisfies(line -> {
            assertThat(line.target()).isEqualTo("orders/m1");
            assertThat(line.lastGood()).isNotNull();
            assertThat(line.heals()).isEqualTo("2 good polls in a row, polled every 30 s");
        });
        accept();
        results("orders/m1", "OO");
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE ACCEPTED ops@example.org", "RECOVERED READY ops@example.org");
        assertThat(rows().get(1).facts().incidents().get(0).state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void troubleThatEndsBeforeItLeftIsToldToNobody() {
        register("orders/m1");
        results("orders/m1", "NN");
        results("orders/m1", "OO");
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE CANCELLED ops@example.org");
        results("orders/m1", "NN");
        advance(WINDOW);
        results("orders/m1", "OO");
        advance(WINDOW);
        // Ready, but no attempt was made: the mail server was away.
        assertThat(messages())
                .containsExactly("TROUBLE CANCELLED ops@example.org", "TROUBLE CANCELLED ops@example.org");
    }

    @Test
    void whoMayHaveBeenToldOfTroubleIsToldOfItsEnd() {
        register("orders/m1");
        results("orders/m1", "NN");
        advance(WINDOW);
        database.sql("UPDATE message SET unsure = 1, attempts = 1");
        results("orders/m1", "OO");
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org", "RECOVERED READY ops@example.org");
    }

    @Test
    void anIncidentThatGetsWorseIsToldOnceMore() {
        register("orders/m1");
        results("orders/m1", "OW");
        results("orders/m1", "NN");
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org", "WORSE CANCELLED ops@example.org");
        assertThat(rows().get(0).facts().incidents().get(0).state()).isEqualTo(State.UNHEALTHY);
        accept();
        results("orders/m1", "OO");
        results("orders/m1", "W");
        advance(WINDOW);
        accept();
        results("orders/m1", "NN");
        advance(WINDOW);
        assertThat(messages().subList(2, messages().size()))
                .containsExactly(
                        "RECOVERED ACCEPTED ops@example.org",
                        "TROUBLE ACCEPTED ops@example.org",
                        "WORSE READY ops@example.org");
    }

    @Test
    void whoIsToldOfUnhealthyOnlyIsToldWhenItComesToThat() {
        register("orders/m1");
        inForce(rule("night", states(State.UNHEALTHY), CHAT));
        results("orders/m1", "OW");
        assertThat(messages()).containsExactly("TROUBLE WAITING ops@example.org");
        results("orders/m1", "NN");
        advance(WINDOW);
        assertThat(messages())
                .containsExactly(
                        "TROUBLE READY ops@example.org", "WORSE CANCELLED ops@example.org", "TROUBLE READY chat");
    }

    @Test
    void oneMessageForAThousandTargetsBehindOneHost() {
        int number = 1_000;
        for (int i = 0; i < number; i++) {
            register("app" + i + "/m1", "machine", "m3");
            record("app" + i + "/m1", 'O');
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < number; i++) {
                record("app" + i + "/m1", 'N');
                if (i % 40 == 0) {
                    // The polls of one interval are spread over it.
                    advance(SECOND);
                }
            }
        }
        registry.settled().join();
        advance(Duration.ofMinutes(1));
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org");
        Facts.Part part = rows().get(0).facts().incidents().get(0);
        assertThat(part.cause()).isEqualTo(Cause.host("m3"));
        assertThat(part.why()).startsWith("none of the 1000 targets on it answers");
        accept();
        for (int i = 0; i < number - 2; i++) {
            record("app" + i + "/m1", 'O');
            record("app" + i + "/m1", 'O');
        }
        registry.settled().join();
        advance(Duration.ofMinutes(2));
        assertThat(messages()).containsExactly("TROUBLE ACCEPTED ops@example.org", "WORSE READY ops@example.org");
        assertThat(rows().get(1).facts().incidents().get(0).why()).isEqualTo("still affected after host m3 recovered");
        assertThat(rows().get(1).facts().incidents().get(0).affected()).isEqualTo(2);
        accept();
        results("app998/m1", "OO");
        results("app999/m1", "OO");
        advance(WINDOW);
        assertThat(messages())
                .containsExactly(
                        "TROUBLE ACCEPTED ops@example.org",
                        "WORSE ACCEPTED ops@example.org",
                        "RECOVERED READY ops@example.org");
        assertThat(rows().get(2).facts().incidents().get(0).affected()).isEqualTo(number);
    }

    @Test
    void childrenThatRecoverSoonAfterTheirParentAreNotTold() {
        register("db/m1");
        register("orders/m1", "depends-on", "db");
        results("db/m1", "NN");
        results("orders/m1", "EE");
        advance(WINDOW);
        accept();
        results("db/m1", "OO");
        advance(Duration.ofSeconds(30));
        results("orders/m1", "OO");
        advance(Duration.ofMinutes(2));
        assertThat(messages())
                .containsExactly(
                        "TROUBLE ACCEPTED ops@example.org",
                        "WORSE CANCELLED ops@example.org",
                        "RECOVERED READY ops@example.org");
    }

    @Test
    void manyAtOnceBecomeOneDigestAndSoDoTheirRecoveries() {
        for (int i = 0; i < 4; i++) {
            register("app" + i + "/m1");
            results("app" + i + "/m1", "NN");
        }
        advance(WINDOW);
        assertThat(messages().subList(0, 4)).containsOnly("TROUBLE DIGESTED ops@example.org");
        assertThat(messages().get(4)).isEqualTo("DIGEST READY ops@example.org");
        assertThat(rows().get(4).facts().incidents()).hasSize(4);
        accept();
        for (int i = 0; i < 4; i++) {
            results("app" + i + "/m1", "OO");
        }
        advance(WINDOW);
        assertThat(messages().subList(5, 9)).containsOnly("RECOVERED DIGESTED ops@example.org");
        assertThat(messages().get(9)).isEqualTo("DIGEST READY ops@example.org");
    }

    @Test
    void whoIsToldOfAMergedIncidentOnlyIsToldOfTheEndOfAll() {
        register("db/m1");
        register("orders/m1", "depends-on", "db");
        results("orders/m1", "EE");
        advance(WINDOW);
        accept();
        results("db/m1", "NN");
        advance(WINDOW);
        accept();
        results("db/m1", "OO");
        results("orders/m1", "OO");
        advance(WINDOW);
        assertThat(messages())
                .containsExactly(
                        "TROUBLE ACCEPTED ops@example.org",
                        "TROUBLE ACCEPTED ops@example.org",
                        "WORSE CANCELLED ops@example.org",
                        "RECOVERED READY ops@example.org");
    }

    @Test
    void escalationComesAfterItsDelayUnlessSomebodyAcknowledges() {
        inForce(delayed("boss", Duration.ofMinutes(15), null, CHAT));
        register("orders/m1");
        results("orders/m1", "NN");
        advance(Duration.ofMinutes(14));
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org", "TROUBLE WAITING chat");
        advance(Duration.ofMinutes(1));
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org", "TROUBLE READY chat");
        register("shop/m1");
        results("shop/m1", "NN");
        String shop = incidents.of(new TargetId("shop", "m1")).orElseThrow().id();
        acknowledge(shop);
        advance(Duration.ofMinutes(16));
        assertThat(messages().subList(2, 4)).containsExactly("TROUBLE READY ops@example.org", "TROUBLE CANCELLED chat");
        assertThat(rows().get(3).progress().text()).isEqualTo("acknowledged by anna");
    }

    @Test
    void remindersComeUntilSomebodyAcknowledges() {
        inForce(delayed("chat", Duration.ZERO, Duration.ofMinutes(30), CHAT));
        register("orders/m1");
        results("orders/m1", "NN");
        advance(WINDOW.plus(Duration.ofMinutes(61)));
        assertThat(messages())
                .containsExactly(
                        "TROUBLE READY ops@example.org",
                        "TROUBLE READY chat",
                        "REMINDER READY chat",
                        "REMINDER READY chat",
                        "REMINDER WAITING chat");
        acknowledge(only().id());
        advance(Duration.ofMinutes(31));
        assertThat(messages()).endsWith("REMINDER CANCELLED chat").hasSize(5);
    }

    @Test
    void quietHoursHoldBackAndThenSendOneDigestOfWhatIsStillWrong() {
        // The manual time starts at midnight UTC.
        WeeklySchedule night = new WeeklySchedule(
                EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), Duration.ofHours(9), ZoneOffset.UTC, null);
        Rule rule = new Rule(
                "day",
                null,
                Rule.DEFAULT_STATES,
                List.of(Receiver.channel(CHAT)),
                Duration.ZERO,
                null,
                WINDOW,
                null,
                night,
                false);
        inForce(rule);
        Duration untilMidnight =
                Duration.between(time.instant().atOffset(ZoneOffset.UTC).toLocalTime(), LocalTime.of(23, 59, 59));
        time.advance(untilMidnight);
        registry.settled().join();
        for (int i = 0; i < 3; i++) {
            register("app" + i + "/m1");
            results("app" + i + "/m1", "NN");
        }
        advance(Duration.ofMinutes(1));
        assertThat(rows().stream().filter(one -> one.receiver().channel().equals(CHAT)))
                .allMatch(one -> one.progress().state() == Message.State.WAITING)
                .allMatch(one -> one.progress().text().equals("outside the hours of rule day"))
                .hasSize(3);
        results("app2/m1", "OO");
        time.advance(Duration.ofHours(7));
        registry.settled().join();
        advance(Duration.ofSeconds(2));
        List<Message> chat = rows().stream()
                .filter(one -> one.receiver().channel().equals(CHAT))
                .toList();
        assertThat(chat)
                .extracting(one -> one.kind() + " " + one.progress().state())
                .containsExactly("TROUBLE DIGESTED", "TROUBLE DIGESTED", "TROUBLE CANCELLED", "DIGEST READY");
    }

    @Test
    void silencesHoldBackTroubleAndNothingElse() {
        register("orders/m1");
        register("shop/m1");
        results("shop/m1", "NN");
        advance(WINDOW);
        accept();
        Suppression silence = new Suppression(
                "s1",
                SuppressionKind.SILENCE,
                "deployment",
                Selection.of(Set.of(new TargetId("orders", "m1"), new TargetId("shop", "m1"))),
                new OneTimeSchedule(new TimeRange(time.instant(), time.instant().plus(Duration.ofHours(1)))),
                anna());
        suppressions.add(silence).join();
        results("orders/m1", "NN");
        results("shop/m1", "OO");
        advance(Duration.ofMinutes(10));
        assertThat(messages())
                .containsExactly(
                        "TROUBLE ACCEPTED ops@example.org",
                        "TROUBLE WAITING ops@example.org",
                        "RECOVERED READY ops@example.org");
        assertThat(rows().get(1).progress().text()).contains("silenced");
        assertThat(only().cause()).isEqualTo(Cause.target(new TargetId("orders", "m1")));
        advance(Duration.ofMinutes(51));
        assertThat(messages().get(1)).isEqualTo("TROUBLE READY ops@example.org");
    }

    @Test
    void expectationsAreToldAlsoWhenAllInstancesAreGone() {
        expect(new Expectation("orders", 2, Duration.ofSeconds(30), false), rule("ops", states(State.UNHEALTHY), CHAT));
        register("orders/m1");
        register("orders/m2");
        results("orders/m1", "O");
        results("orders/m2", "O");
        advance(Duration.ofMinutes(1));
        assertThat(incidents.open()).isEmpty();
        remove("orders/m2");
        remove("orders/m1");
        advance(Duration.ofSeconds(20));
        assertThat(incidents.open()).isEmpty();
        advance(Duration.ofSeconds(21));
        assertThat(only().cause()).isEqualTo(Cause.expectation("orders"));
        assertThat(only().firstEvidence())
                .isEqualTo("0 of at least 2 instances of orders are healthy; 0 are registered");
        assertThat(messages()).containsExactly("TROUBLE READY chat");
        accept();
        register("orders/m1");
        register("orders/m2");
        results("orders/m1", "O");
        results("orders/m2", "O");
        advance(Duration.ofSeconds(20));
        assertThat(messages()).containsExactly("TROUBLE ACCEPTED chat", "RECOVERED READY chat");
    }

    @Test
    void whileTheMonitorCannotSeeOnlyThatIsTold() {
        inForce(rule("ops", states(State.UNHEALTHY), CHAT));
        register("orders/m1");
        results("orders/m1", "NN");
        incidents.observerTrouble("no canary answers").join();
        incidents.observerTrouble("no canary answers").join();
        advance(Duration.ofMinutes(1));
        assertThat(messages())
                .containsExactly("TROUBLE WAITING ops@example.org", "TROUBLE WAITING chat", "TROUBLE READY chat");
        assertThat(rows().get(2).facts().incidents().get(0).cause()).isEqualTo(Cause.monitor());
        accept();
        results("orders/m1", "OO");
        incidents.observerRecovered("two canaries answer").join();
        advance(Duration.ofMinutes(1));
        assertThat(messages())
                .containsExactly(
                        "TROUBLE CANCELLED ops@example.org",
                        "TROUBLE CANCELLED chat",
                        "TROUBLE ACCEPTED chat",
                        "RECOVERED READY chat");
    }

    @Test
    void aPauseOfTheMonitorIsToldOnce() {
        inForce(rule("ops", states(State.UNHEALTHY), CHAT));
        incidents
                .observerPaused("the monitor did not run for 60 s", Duration.ofSeconds(60))
                .join();
        assertThat(incidents.open()).isEmpty();
        assertThat(messages()).containsExactly("TROUBLE READY chat");
        advance(Duration.ofMinutes(1));
        assertThat(messages()).hasSize(1);
    }

    @Test
    void unknownIsToldByChoice() {
        register("orders/m1");
        results("orders/m1", "O");
        advance(Duration.ofMinutes(3));
        registry.sweep();
        registry.settled().join();
        assertThat(all()).isEmpty();
        inForce(rule("stale", states(State.UNKNOWN), CHAT));
        results("orders/m1", "O");
        advance(Duration.ofMinutes(3));
        registry.sweep();
        registry.settled().join();
        assertThat(only().state()).isEqualTo(State.UNKNOWN);
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE READY chat");
    }

    @Test
    void aMessageWaitsThroughARestart() {
        register("orders/m1");
        results("orders/m1", "NN");
        restart();
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE READY ops@example.org");
        accept();
        restart();
        results("orders/m1", "OO");
        restart();
        advance(WINDOW);
        assertThat(messages()).containsExactly("TROUBLE ACCEPTED ops@example.org", "RECOVERED READY ops@example.org");
    }
}
