package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthDocumentTest {
    private static Optional<HealthDocument> parse(String json) {
        return HealthDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "pass, PASS",
        "OK, PASS",
        "Up, PASS",
        "healthy, PASS",
        "warn, WARN",
        "WARNING, WARN",
        "degraded, WARN",
        "fail, FAIL",
        "error, FAIL",
        "DOWN, FAIL",
        "OUT_OF_SERVICE, FAIL",
        "' fail ', FAIL",
    })
    void knowsEveryUsualWordInAnyCase(String word, Status expected) {
        assertThat(parse("{\"status\":\"" + word + "\"}").orElseThrow().status())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pass",
                "[]",
                "{}",
                "null",
                "{\"status\":null}",
                "{\"status\":\"banana\"}",
                "{\"status\":{}}",
                "{\"status\":\"pass\"",
                "{\"status\":\"pass\"} trailing",
                "{\"status\":\"pass\",\"status\":\"fail\"}",
                "<html>",
            })
    void takesNothingElseForADocument(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @Test
    void readsTheOlderSpellings() {
        HealthDocument document = parse("{\"status\":\"pass\",\"releaseID\":\"1\",\"serviceID\":\"s\",\"details\":"
                        + "{\"cpu:utilization\":{\"type\":\"system\",\"metricValue\":85,\"metricUnit\":\"percent\","
                        + "\"status\":\"WARN\",\"output\":\"busy\"}}}")
                .orElseThrow();
        assertThat(document.releaseId()).contains("1");
        assertThat(document.serviceId()).contains("s");
        assertThat(document.components()).singleElement().satisfies(component -> {
            assertThat(component.key()).isEqualTo("cpu:utilization");
            assertThat(component.name()).isEqualTo("cpu");
            assertThat(component.componentType()).contains("system");
            assertThat(component.observedValue()).contains("85");
            assertThat(component.observedUnit()).contains("percent");
            assertThat(component.status()).contains(Status.WARN);
            assertThat(component.output()).contains("busy");
        });
    }

    @Test
    void readsSeveralInstancesOfOneComponentAndPassesOverRubbish() {
        HealthDocument document = parse("{\"status\":\"warn\",\"output\":\"look\",\"checks\":"
                        + "{\"db\":[{\"componentId\":\"a\"},{\"componentId\":\"b\",\"status\":\"banana\"}],"
                        + "\"x\":7,\"y\":[null,1]}}")
                .orElseThrow();
        assertThat(document.output()).contains("look");
        assertThat(document.components())
                .extracting(component -> component.componentId().orElse(""))
                .containsExactly("a", "b");
        assertThat(document.components().get(1).status()).isEmpty();
        assertThat(parse("{\"status\":\"pass\",\"checks\":[]}").orElseThrow().components())
                .isEmpty();
    }
}
