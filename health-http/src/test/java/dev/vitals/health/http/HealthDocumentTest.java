package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
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
    void refusesOtherBodies(String body) {
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
    void readsSeveralInstancesOfOneComponentAndIgnoresOtherNodes() {
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

    private static String words(HealthDocument document) {
        return document.components().stream()
                .map(component -> component.name()
                        + component.status().map(status -> " " + status.word()).orElse("")
                        + component.output().map(output -> ": " + output).orElse(""))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // The actuator, version 3 and 2, also nested.
                "{\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"DOWN\",\"details\":{\"error\":\"refused\"}},"
                        + "\"disk\":{\"status\":\"UP\",\"details\":{\"message\":\"fine\"}}}}"
                        + " | FAIL | db fail: refused, disk pass",
                "{\"status\":\"UP\",\"details\":{\"db\":{\"status\":\"UP\",\"details\":{\"message\":\"fine\"}}}}"
                        + " | PASS | db pass",
                "{\"status\":\"OUT_OF_SERVICE\",\"components\":{\"a\":{\"status\":\"UP\",\"components\":"
                        + "{\"b\":{\"status\":\"DOWN\"}}}}} | FAIL | a pass, a/b fail",
                "{\"status\":\"UP\",\"components\":{\"a:b\":{\"status\":\"custom\"}}} | PASS | a:b",
                // MicroProfile.
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"db\",\"status\":\"DOWN\",\"data\":{\"error\":\"gone\"}},"
                        + "{\"name\":\"x:y\",\"status\":\"UP\"}]} | FAIL | db fail: gone, x:y pass",
                // ASP.NET.
                "{\"status\":\"Degraded\",\"entries\":{\"db\":{\"status\":\"Degraded\",\"description\":\"slow\"}}}"
                        + " | WARN | db warn: slow",
                // A map of components.
                "{\"db\":{\"msg\":\"gone\",\"success\":false},\"disk\":{\"msg\":\"ok\",\"success\":true}}"
                        + " | FAIL | db fail: gone, disk pass",
                "{\"db\":{\"success\":true}} | PASS | db pass",
            })
    void readsTheFormatsOfOtherSystems(String json, Status status, String components) {
        HealthDocument document = parse(json).orElseThrow();

        assertThat(document.status()).isEqualTo(status);
        assertThat(words(document)).isEqualTo(components);
        assertThat(document.isOutcome()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"status\":\"warn\",\"message\":\"slow\",\"code\":\"WARNING\",\"error\":true} | WARN | slow",
                "{\"status\":\"pass\",\"code\":\"ERROR\"} | FAIL | ",
                "{\"code\":\"OK\",\"ok\":true} | PASS | ",
                "{\"code\":\"OK\",\"error\":true} | FAIL | ",
                "{\"ok\":false,\"message\":\"broken\"} | FAIL | broken",
                "{\"error\":true} | FAIL | ",
                "{\"error\":false} | PASS | ",
            })
    void readsOneOutcome(String json, Status status, String output) {
        HealthDocument document = parse(json).orElseThrow();

        assertThat(document.status()).isEqualTo(status);
        assertThat(document.output()).isEqualTo(Optional.ofNullable(output));
        assertThat(document.isOutcome()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"banana\",\"code\":\"OK\"}",
                "{\"code\":\"FINE\"}",
                "{\"ok\":\"yes\"}",
                "{\"db\":{\"success\":\"true\"}}",
                "{\"db\":{\"success\":true},\"x\":1}",
            })
    void refusesJsonThatReportsNoStatus(String json) {
        assertThat(parse(json)).isEmpty();
    }

    @Test
    void aCodeBesideChecksIsNotAnOutcome() {
        HealthDocument document = parse(
                        "{\"status\":\"pass\",\"code\":\"ERROR\",\"checks\":{\"db\":[{\"status\":\"pass\"}]}}")
                .orElseThrow();

        assertThat(document.status()).isEqualTo(Status.PASS);
        assertThat(document.isOutcome()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, pass, PASS",
        "text/plain; charset=utf-8, Unhealthy, FAIL",
        "TEXT/PLAIN, ' DEGRADED ', WARN",
        "application/json, '{\"status\":\"UP\"}', PASS",
        "application/vnd.spring-boot.actuator.v3+json, '{\"status\":\"DOWN\"}', FAIL",
        "text/plain, '{\"status\":\"UP\"}', PASS",
        "text/html, '{\"status\":\"DOWN\"}', FAIL",
        "'', '{\"healthy\":false}', FAIL",
        "text/html, down, FAIL",
        "'', green, PASS",
    })
    void readsABodyUnderAnyContentType(String contentType, String body, Status expected) {
        assertThat(HealthDocument.parse(contentType, body.getBytes(StandardCharsets.UTF_8)))
                .hasValueSatisfying(document -> assertThat(document.status()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, all is well",
        "application/json, pass",
        "application/octet-stream, pass",
        "text/html, '<p>pass</p>'",
        "'', '{\"status\":\"red\"}'",
    })
    void refusesABodyWithoutAKnownStatus(String contentType, String body) {
        assertThat(HealthDocument.parse(contentType, body.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/health+json, true",
        "' Application/Health+JSON ; charset=utf-8', true",
        "application/health+json2, false",
        "application/json, false",
        "'', false",
    })
    void knowsItsMediaType(String contentType, boolean expected) {
        assertThat(HealthDocument.isHealthJson(contentType)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'{\"status\":\"red\"}', red",
                "'{\"status\":false}', false",
                "'{\"status\":503}', 503",
                "'{\"status\":200}', -",
                "'{\"status\":true}', -",
                "'{\"status\":\"UP\"}', -",
                "'{\"state\":\"red\"}', -",
                "'[\"red\"]', -",
                "'red', -"
            })
    void namesAStatusThatIsNotAKnownWord(String body, String status) {
        assertThat(HealthDocument.unknownStatus(body.getBytes(StandardCharsets.UTF_8))
                        .orElse(null))
                .isEqualTo(status);
    }
}
