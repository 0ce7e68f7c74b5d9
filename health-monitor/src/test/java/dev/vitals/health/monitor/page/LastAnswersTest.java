package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAnswersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TargetId ID = new TargetId("orders", "o1");
    private static final Target TARGET =
            Target.registered(ID, Registration.builder("http://a").build(), NOW);

    private final LastAnswers answers = new LastAnswers(id -> true);

    private static PollResult result(Outcome.Code code, String message, Integer status, ComponentState... components) {
        return new PollResult(code, message, status, NOW, Duration.ZERO, List.of(components), "1.0");
    }

    private static List<String> difference(PollResult before, PollResult now) {
        return LastAnswers.difference(before, now).stream()
                .map(one -> one.name() + ": " + one.before() + " -> " + one.now())
                .toList();
    }

    @Test
    void keepsTheLastGoodAnswerUntilTheTargetGoes() {
        assertThat(answers.good(ID)).isNull();
        PollResult good = result(Outcome.Code.OK, null, 200);
        answers.recorded(TARGET, good);
        answers.recorded(TARGET, result(Outcome.Code.WARNING, "slow", 200));
        answers.recorded(TARGET, result(Outcome.Code.ERROR, "answered 503", 503));
        assertThat(answers.good(ID)).isSameAs(good);
        answers.unwatched(ID);
        assertThat(answers.good(ID)).isNull();
    }

    @Test
    void equalAnswersDifferInNothing() {
        PollResult one = result(Outcome.Code.OK, null, 200, new ComponentState("db", Status.PASS, null));
        assertThat(difference(one, one)).isEmpty();
    }

    @Test
    void whatChangedIsShownBeforeAndAfter() {
        PollResult before = result(
                Outcome.Code.OK,
                null,
                200,
                new ComponentState("db", Status.PASS, null, 3.0, "ms"),
                new ComponentState("cache", Status.PASS, null));
        PollResult now = result(
                Outcome.Code.ERROR,
                "db is down",
                503,
                new ComponentState("db", Status.FAIL, "refused", 2_500.25, "ms"),
                new ComponentState("queue", Status.PASS, null));
        assertThat(difference(before, now))
                .containsExactly(
                        "HTTP status: 200 -> 503",
                        "result: OK -> ERROR",
                        "component db: pass, 3 ms -> fail, 2,500.25 ms, refused",
                        "component cache: pass -> ",
                        "message:  -> db is down",
                        "component queue:  -> pass");
    }

    @Test
    void aGreatValueIsWrittenWithoutAnExponent() {
        assertThat(LastAnswers.value(new ComponentState("disk", Status.PASS, null, 1e12, "bytes")))
                .isEqualTo("1000000000000 bytes");
        assertThat(LastAnswers.value(new ComponentState("disk", Status.PASS, null, 0.5, null)))
                .isEqualTo("0.50");
        assertThat(LastAnswers.value(new ComponentState("disk", Status.PASS, null)))
                .isEmpty();
    }
}
