package dev.vitals.health.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorAnswerTest {
    private static String text(String body) {
        return MonitorAnswer.problem(400, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesEachFieldValueAndLimit() {
        assertThat(text("""
                {"title":"Bad","errors":[
                {"field":"interval","value":1,"bound":"5 to 300"},
                {"field":"notify","value":["x"],"message":"must be an address"}]}"""))
                .isEqualTo("answered 400; Bad; interval 5 to 300 was 1; notify must be an address was [\"x\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{", "[]", "{}", "7", "null", "{\"errors\":7}", "{\"title\":null}"})
    void returnsTheCodeAloneWithoutAProblem(String body) {
        assertThat(text(body)).startsWith("answered 400").hasSizeLessThan(20);
    }

    @Test
    void isOneBoundedLine() {
        String field = "{\"field\":\"a\\r\\nb\\u001b\\u2028c\",\"message\":\"" + "x".repeat(1_000) + "\"}";
        String text = text("{\"errors\":[" + field + ("," + field).repeat(99) + "]}");
        assertThat(text).startsWith("answered 400; a b c xx").endsWith("...").hasSizeLessThan(510);
    }

    private static @Nullable String firstPollProblem(String body) {
        return MonitorAnswer.firstPollProblem(body.getBytes(UTF_8));
    }

    @Test
    void namesTheProblemOfTheFirstPollAndItsAddress() {
        assertThat(
                        firstPollProblem(
                                "{\"firstPoll\":{\"code\":\"ERROR\",\"message\":\"connection refused\",\"address\":\"10.0.0.7:80\"}}"))
                .isEqualTo("connection refused (10.0.0.7:80)");
        assertThat(firstPollProblem("{\"firstPoll\":{\"code\":\"ERROR\",\"message\":\"unknown host\"}}"))
                .isEqualTo("unknown host");
    }

    @Test
    void aFirstPollThatSucceededOrIsNotReportedHasNoProblem() {
        assertThat(firstPollProblem("{\"firstPoll\":{\"code\":\"WARNING\",\"message\":\"slow\"}}"))
                .isNull();
        assertThat(firstPollProblem("{\"app\":\"orders\"}")).isNull();
        assertThat(firstPollProblem("<html>")).isNull();
        assertThat(firstPollProblem("")).isNull();
    }

    @Test
    void hidesTheToken() {
        byte[] body = "{\"detail\":\"bad token s3cret\"}".getBytes(UTF_8);
        assertThat(MonitorAnswer.of(401, body, "s3cret").text()).isEqualTo("answered 401; bad token ***");
        assertThat(MonitorAnswer.of(401, body, null).text()).isEqualTo("answered 401; bad token s3cret");
    }
}
