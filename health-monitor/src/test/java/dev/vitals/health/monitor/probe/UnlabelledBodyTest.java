package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome.Code;
import dev.vitals.health.internal.BoundedBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that say with 200 that the app is not well, under any label. */
class UnlabelledBodyTest {
    private static Judgement read(String type, String body) {
        return Judgement.ofHealth(200, type, new BoundedBody(body.getBytes(UTF_8), false));
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "text/html | {\"status\":\"DOWN\"} | ERROR | answered 200 with status fail",
                "~~ | {\"status\":\"DOWN\"} | ERROR | answered 200 with status fail",
                "text/plain | {\"status\":\"DOWN\"} | ERROR | answered 200 with status fail",
                "application/octet-stream | {\"status\":\"DOWN\"} | ERROR | answered 200 with status fail",
                "text/plain | Unhealthy | ERROR | answered 200 with status fail",
                "text/html | DOWN | ERROR | answered 200 with status fail",
                "text/plain | Degraded | WARNING | answered 200 with status warn",
                "text/plain | Healthy | OK | -",
                "application/json | {\"status\":\"green\"} | OK | -",
                "application/json | {\"status\":\"yellow\"} | WARNING | answered 200 with status warn",
                "application/json | {\"healthy\":false} | ERROR | answered 200 with status fail",
                "application/json | {\"healthy\":true} | OK | -",
                "application/json | {\"status\":\"red\"} | WARNING | status red is not understood",
                "application/json | {\"status\":\"FATAL\"} | WARNING | status FATAL is not understood",
                "text/html | {\"status\":\"maintenance\"} | WARNING | status maintenance is not understood",
                "application/json | {\"status\":false} | WARNING | status false is not understood",
                "application/json | {\"status\":503} | WARNING | status 503 is not understood"
            })
    void countsByWhatItSays(String type, String body, Code code, String message) {
        Judgement judgement = read(type, body);
        assertThat(judgement.code()).isEqualTo(code);
        assertThat(judgement.message()).isEqualTo(message);
        assertThat(judgement.byBody()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text/html | <html>all is well</html>",
                "text/plain | all is well",
                "application/json | {\"status\":200}",
                "application/json | {\"status\":true}",
                "application/json | {\"status\":{\"db\":1}}",
                "application/json | {\"version\":\"1\"}",
                "application/json | [1,2]",
                "~~ | ~~"
            })
    void withoutAStatusOnlyTheCodeCounts(String type, String body) {
        Judgement judgement = read(type, body);
        assertThat(judgement.code()).isEqualTo(Code.OK);
        assertThat(judgement.byBody()).isFalse();
    }
}
