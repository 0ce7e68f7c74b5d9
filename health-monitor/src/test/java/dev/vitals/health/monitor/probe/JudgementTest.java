package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome.Code;
import dev.vitals.health.Status;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.monitor.model.ComponentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final String HEALTH_JSON = "application/health+json";

    private static Judgement read(int httpStatus, String type, String body) {
        return Judgement.ofHealth(httpStatus, type, new BoundedBody(body.getBytes(UTF_8), false));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                // A health document: the worse of status and code counts.
                "200 | application/health+json | {\"status\":\"pass\"} | OK | -",
                "200 | application/health+json; charset=utf-8 | {\"status\":\"UP\"} | OK | -",
                "200 | Application/Health+JSON | {\"status\":\"ok\"} | OK | -",
                "200 | application/health+json | {\"status\":\"Healthy\"} | OK | -",
                "200 | application/health+json | {\"status\":\"warn\"} | WARNING | answered 200 with status warn",
                "207 | application/health+json | {\"status\":\"WARNING\",\"output\":\"slow\"} | WARNING | slow",
                "200 | application/health+json | {\"status\":\"fail\"} | ERROR | answered 200 with status fail",
                "503 | application/health+json | {\"status\":\"down\",\"output\":\"no db\"} | ERROR | no db",
                "503 | application/health+json | {\"status\":\"pass\"} | ERROR | answered 503 with status pass",
                "500 | application/health+json | {\"status\":\"warn\"} | ERROR | answered 500 with status warn",
                "302 | application/health+json | {\"status\":\"pass\"} | ERROR | answered 302 with status pass",
                // A health document that cannot be read.
                "200 | application/health+json | {\"status\":\"fine\"} | ERROR | answered 200 with a body that is not"
                        + " a health document",
                "200 | application/health+json | {\"state\":\"pass\"} | ERROR | answered 200 with a body that is not a"
                        + " health document",
                "200 | application/health+json | nonsense | ERROR | answered 200 with a body that is not a health"
                        + " document",
                "200 | application/health+json | ~~ | ERROR | answered 200 with a body that is not a health document",
                "503 | application/health+json | nonsense | ERROR | answered 503",
                // Other JSON is a health document only if it has a known status.
                "200 | application/json | {\"status\":\"DOWN\"} | ERROR | answered 200 with status fail",
                "200 | application/json | {\"status\":\"degraded\"} | WARNING | answered 200 with status warn",
                "200 | application/json | {\"status\":\"pass\"} | OK | -",
                "200 | application/json | {\"status\":\"shipped\"} | WARNING | status shipped is not understood",
                "200 | application/json | [1,2] | OK | -",
                "200 | application/json | {broken | OK | -",
                "500 | application/json | {\"status\":\"shipped\"} | ERROR | answered 500; status shipped is not understood",
                // The actuator.
                "200 | application/json | {\"status\":\"UP\",\"components\":{\"db\":{\"status\":\"UP\"}}} | OK | -",
                "503 | application/vnd.spring-boot.actuator.v3+json |"
                        + " {\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"DOWN\",\"details\":{\"error\":\"no"
                        + " pool\"}}}} | ERROR | db: no pool",
                "503 | application/json | {\"status\":\"OUT_OF_SERVICE\"} | ERROR | answered 503 with status fail",
                "200 | application/json | {\"status\":\"UNKNOWN\"} | ERROR | answered 200 with status fail",
                "503 | application/json | {\"status\":\"UP\"} | ERROR | answered 503 with status pass",
                // MicroProfile.
                "200 | application/json |"
                        + " {\"status\":\"UP\",\"checks\":[{\"name\":\"db\",\"status\":\"UP\",\"data\":{}}]} | OK | -",
                "503 | application/json |"
                        + " {\"status\":\"DOWN\",\"checks\":[{\"name\":\"db\",\"status\":\"DOWN\",\"data\":{\"error\":\"gone\"}}]}"
                        + " | ERROR | db: gone",
                "200 | application/json | {\"status\":\"DOWN\",\"checks\":[]} | ERROR | answered 200 with status fail",
                // A map of components.
                "200 | application/json | {\"db\":{\"msg\":\"fine\",\"success\":true}} | OK | -",
                "503 | application/json | {\"db\":{\"msg\":\"gone\",\"success\":false},\"disk\":{\"success\":true}} |"
                        + " ERROR | db: gone",
                "200 | application/json | {\"db\":{\"msg\":\"gone\",\"success\":false}} | ERROR | db: gone",
                "503 | application/json | {\"db\":{\"msg\":\"fine\",\"success\":true}} | ERROR | answered 503 with"
                        + " status pass",
                "200 | application/json | {\"db\":{\"msg\":\"gone\",\"success\":false},\"size\":5} | OK | -",
                // The format with code, ok and error: a warning has the code of a failure.
                "200 | application/json | {\"status\":\"pass\",\"code\":\"OK\",\"ok\":true} | OK | -",
                "500 | application/json |"
                        + " {\"status\":\"warn\",\"code\":\"WARNING\",\"error\":true,\"message\":\"slow\"} | WARNING |"
                        + " slow",
                "200 | application/json | {\"status\":\"warn\",\"code\":\"WARNING\",\"error\":true} | WARNING |"
                        + " answered 200 with status warn",
                "500 | application/json | {\"status\":\"fail\",\"code\":\"ERROR\",\"error\":true,\"message\":\"gone\"}"
                        + " | ERROR | gone",
                "500 | application/json | {\"status\":\"pass\",\"code\":\"OK\",\"ok\":true} | ERROR | answered 500"
                        + " with status pass",
                "404 | application/json | {\"status\":\"warn\",\"code\":\"WARNING\",\"error\":true} | ERROR | answered"
                        + " 404 with status warn",
                "200 | application/json | {\"status\":\"pass\",\"code\":\"ERROR\"} | ERROR | answered 200 with status"
                        + " fail",
                "200 | application/json | {\"code\":\"OK\",\"error\":true} | ERROR | answered 200 with status fail",
                "200 | application/json | {\"ok\":true,\"version\":\"1\"} | OK | -",
                "200 | application/json | {\"ok\":false,\"message\":\"tired\"} | ERROR | tired",
                // Other bodies: only the code counts.
                "200 | text/plain | fail well | OK | -",
                "204 | ~~ | ~~ | OK | -",
                "299 | text/html | x | OK | -",
                "199 | text/plain | x | ERROR | answered 199",
                "304 | text/plain | x | ERROR | answered 304",
                "404 | text/html | x | ERROR | answered 404",
                "503 | text/plain | x | ERROR | answered 503"
            })
    void readsCodeAndBody(int httpStatus, String type, String body, Code code, String message) {
        Judgement judgement = read(httpStatus, type, body);
        assertThat(judgement.code()).isEqualTo(code);
        assertThat(judgement.message()).isEqualTo(message);
    }

    @Test
    void combinesTheMeasurementsOfAComponent() {
        Judgement judgement = read(
                503,
                HEALTH_JSON,
                "{\"status\":\"fail\",\"details\":{\"db:responseTime\":[{\"componentId\":\"db\",\"status\":\"pass\"}],\"db:connections\":{\"componentId\":\"db\",\"status\":\"fail\",\"output\":\"none\\n"
                        + "left\"},"
                        + "\"disk\":[{\"componentId\":\"a\",\"status\":\"pass\"},{\"componentId\":\"b\",\"status\":\"warn\"}],"
                        + "\"cpu:load\":[{\"observedValue\":3}]}}");
        assertThat(judgement.components())
                .containsExactly(
                        new ComponentState("db", Status.FAIL, "none left"),
                        new ComponentState("disk/a", Status.PASS, null),
                        new ComponentState("disk/b", Status.WARN, null));
        assertThat(judgement.message()).isEqualTo("db: none left; disk/b is warn");
    }

    @Test
    void combinesAMeasurementWithoutAName() {
        Judgement judgement = read(
                200,
                HEALTH_JSON,
                "{\"status\":\"pass\",\"checks\":{"
                        + "\"uptime:responseTime\":[{\"componentId\":\"uptime\",\"status\":\"pass\"}],"
                        + "\"uptime\":[{\"componentId\":\"uptime\",\"observedUnit\":\"s\",\"status\":\"pass\"}]}}");
        assertThat(judgement.components()).containsExactly(new ComponentState("uptime", Status.PASS, null));
    }

    @Test
    void shortensTextsFromOutside() {
        Judgement judgement = read(500, HEALTH_JSON, "{\"status\":\"fail\",\"output\":\"" + "x".repeat(5_000) + "\"}");
        assertThat(judgement.message()).hasSizeLessThan(600).endsWith("...");
    }

    @Test
    void aTooLongDocumentCountsByTheStatusAtItsBegin() {
        byte[] begin = "{\"status\":\"warn\",\"checks\":{".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Judgement.ofHealth(200, HEALTH_JSON, new BoundedBody(begin, true))
                        .code())
                .isEqualTo(Code.WARNING);
    }

    @Test
    void secretsInTextsFromOutsideAreHidden() {
        String body =
                "{\"status\":\"fail\",\"output\":\"postgres://app:s3cret@db refused, password=s3cret\",\"checks\":"
                        + "{\"redis://:s3cret@h\":[{\"status\":\"fail\",\"output\":\"AUTH failed: token=s3cret\"}]}}";
        Judgement judgement = read(500, HEALTH_JSON, body);
        assertThat(judgement.toString()).doesNotContain("s3cret");
        assertThat(judgement.message()).isEqualTo("postgres://***@db refused, password=***");
    }

    @Test
    void aTooLongDocumentWithoutAStatusAtItsBeginIsAnError() {
        Judgement cut = Judgement.ofHealth(200, HEALTH_JSON, new BoundedBody(new byte[Judgement.MAX_BODY_BYTES], true));
        assertThat(cut.code()).isEqualTo(Code.ERROR);
        assertThat(cut.message())
                .isEqualTo("answered 200 with a body that is longer than 256 KiB, without a status at its begin");
        assertThat(Judgement.ofHealth(200, "text/html", new BoundedBody(new byte[Judgement.MAX_BODY_BYTES], true))
                        .code())
                .isEqualTo(Code.OK);
    }

    @Test
    void readsTheRelease() {
        assertThat(read(200, HEALTH_JSON, "{\"status\":\"pass\",\"releaseId\":\"1.4.2\"}")
                        .releaseId())
                .isEqualTo("1.4.2");
        assertThat(read(503, HEALTH_JSON, "{\"status\":\"fail\",\"releaseID\":\"x\"}")
                        .releaseId())
                .isEqualTo("x");
        assertThat(read(200, HEALTH_JSON, "{\"status\":\"pass\"}").releaseId()).isNull();
        assertThat(read(200, "text/plain", "ok").releaseId()).isNull();
    }

    @Test
    void readsNestedComponentsOfTheActuator() {
        String padding = "x".repeat(250);
        Judgement judgement = read(
                503,
                "application/vnd.spring-boot.actuator.v3+json",
                "{\"status\":\"DOWN\",\"components\":{\"db\":{\"status\":\"DOWN\",\"components\":{"
                        + "\"primary\":{\"status\":\"UP\",\"details\":{\"error\":\"not shown\"}},"
                        + "\"replica\":{\"status\":\"OUT_OF_SERVICE\",\"details\":{\"error\":\"late\\nagain\"}}}},"
                        + "\"own\":{\"status\":\"FUZZY\"},\"" + padding + "\":{\"status\":\"UNKNOWN\"}}}");
        assertThat(judgement.components())
                .containsExactly(
                        new ComponentState("db", Status.FAIL, null),
                        new ComponentState("db/primary", Status.PASS, null),
                        new ComponentState("db/replica", Status.FAIL, "late again"),
                        new ComponentState("x".repeat(200) + "...", Status.FAIL, null));
    }

    @Test
    void readsAtMostAHundredComponentsInEveryFormat() {
        StringBuilder list = new StringBuilder("{\"status\":\"UP\",\"checks\":[");
        StringBuilder map = new StringBuilder("{");
        for (int i = 0; i < 500; i++) {
            list.append(i == 0 ? "" : ",").append("{\"name\":\"c" + i + "\",\"status\":\"UP\"}");
            map.append(i == 0 ? "" : ",").append("\"c" + i + "\":{\"success\":true}");
        }
        assertThat(read(200, "application/json", list + "]}").components()).hasSize(100);
        assertThat(read(200, "application/json", map + "}").components()).hasSize(100);
    }

    @Test
    void readsObservedNumbers() {
        Judgement judgement = read(
                200,
                HEALTH_JSON,
                "{\"status\":\"pass\",\"checks\":{"
                        + "\"db:responseTime\":[{\"status\":\"pass\",\"observedValue\":12.5,\"observedUnit\":\"ms\"}],"
                        + "\"db:connections\":[{\"status\":\"warn\",\"observedValue\":95,\"output\":\"nearly all\"}],"
                        + "\"disk\":[{\"status\":\"pass\",\"observedValue\":\"much\",\"observedUnit\":\"GB\"}]}}");
        assertThat(judgement.components())
                .containsExactly(
                        new ComponentState("db", Status.WARN, "nearly all", 12.5, "ms"),
                        new ComponentState("db:connections", Status.WARN, "nearly all", 95.0, null),
                        new ComponentState("disk", Status.PASS, null));
    }

    @ParameterizedTest
    @CsvSource({"1e400", "NaN", "0x10", "1d", "'12,5'", "99999999999999999999"})
    void ignoresAnObservedValueThatIsNotANumber(String value) {
        Judgement judgement = read(
                200,
                HEALTH_JSON,
                "{\"status\":\"pass\",\"checks\":{\"a\":[{\"status\":\"pass\",\"observedValue\":\"" + value + "\"}]}}");
        assertThat(judgement.components()).containsExactly(new ComponentState("a", Status.PASS, null));
    }
}
