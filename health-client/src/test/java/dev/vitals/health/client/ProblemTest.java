package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    private static String text(String body) {
        return Problem.text(400, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesEachFieldItsValueAndItsBound() {
        assertThat(text("""
                {"title":"Bad","errors":[
                {"field":"interval","value":1,"bound":"5 to 300"},
                {"field":"notify","value":["x"],"message":"must be an address"}]}"""))
                .isEqualTo("answered 400; Bad; interval 5 to 300 was 1; notify must be an address was [\"x\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{", "[]", "{}", "7", "null", "{\"errors\":7}", "{\"title\":null}"})
    void makesDoWithTheCode(String body) {
        assertThat(text(body)).startsWith("answered 400").hasSizeLessThan(20);
    }

    @Test
    void isOneBoundedLine() {
        String field = "{\"field\":\"a\\r\\nb\\u001b\\u2028c\",\"message\":\"" + "x".repeat(1_000) + "\"}";
        String text = text("{\"errors\":[" + field + ("," + field).repeat(99) + "]}");
        assertThat(text).startsWith("answered 400; a b c xx").endsWith("...").hasSizeLessThan(510);
    }
}
