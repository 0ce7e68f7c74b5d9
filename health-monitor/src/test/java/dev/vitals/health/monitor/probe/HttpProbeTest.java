package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.internal.BoundedBody;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeTest {
    private static final String HEALTH = "application/health+json; charset=utf-8";

    private static HttpExpectation expecting(String field, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("url", "http://x", field, value));
        return ((HttpProbe) HttpProbe.KIND.stored(fields, Map.of())).expected();
    }

    private static HttpExpectation json(String pointer, Object value) {
        return expecting("json", List.of(Map.of("pointer", pointer, "equals", value)));
    }

    private static Judgement judge(HttpExpectation expected, int status, String type, String body) {
        return judge(expected, status, type, body, UTF_8, false);
    }

    private static Judgement judge(
            HttpExpectation expected, int status, String type, String body, Charset charset, boolean cut) {
        return Judgement.ofExpected(expected, status, type, new BoundedBody(body.getBytes(charset), cut));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, OK",
        "201, 200, ERROR",
        "204, 200-299, OK",
        "300, 200-299, ERROR",
        "199, 200-299, ERROR",
        "503, 503, OK"
    })
    void theStatusMustBeExpected(int status, String set, Outcome.Code code) {
        Judgement judgement = judge(expecting("expectedStatus", set), status, "", "");
        assertThat(judgement.code()).isEqualTo(code);
        assertThat(judgement.message())
                .isEqualTo(code == Outcome.Code.OK ? null : "answered " + status + ", expected " + set);
    }

    @Test
    void theTextMustBeInTheBodyInItsCharset() {
        HttpExpectation expected = expecting("contains", "gr\u00fcn");
        assertThat(judge(expected, 200, "text/plain", "alles gr\u00fcn.").code())
                .isEqualTo(Outcome.Code.OK);
        assertThat(judge(expected, 200, "text/plain; charset=iso-8859-1", "alles gr\u00fcn.", ISO_8859_1, false)
                        .code())
                .isEqualTo(Outcome.Code.OK);
        assertThat(judge(expected, 200, "text/plain; charset=no-such", "rot").message())
                .isEqualTo("answered 200 without 'gr\u00fcn' in its body");
        assertThat(judge(expected, 200, "text/plain", "rot", UTF_8, true).message())
                .isEqualTo("answered 200 without 'gr\u00fcn' in the first 3 bytes of its body");
    }

    @Test
    void theValueMustBeAtItsPointer() {
        String body = "{\"up\":true,\"n\":1.0,\"none\":null,\"list\":[\"a\"],\"a/b\":\"x\"}";
        assertThat(judge(json("/up", true), 200, "", body).code()).isEqualTo(Outcome.Code.OK);
        assertThat(judge(json("/n", 1), 200, "", body).code()).isEqualTo(Outcome.Code.OK);
        assertThat(judge(json("/none", "null"), 200, "", body).code()).isEqualTo(Outcome.Code.OK);
        assertThat(judge(json("/list/0", "a"), 200, "", body).code()).isEqualTo(Outcome.Code.OK);
        assertThat(judge(json("/a~1b", "x"), 200, "", body).code()).isEqualTo(Outcome.Code.OK);
        assertThat(judge(json("/up", false), 200, "", body).message())
                .isEqualTo("answered 200 with 'true' at /up, expected 'false'");
        assertThat(judge(json("/down", true), 200, "", body).message())
                .isEqualTo("answered 200 with nothing at /down, expected 'true'");
        assertThat(judge(json("/up", true), 200, "", "<html>").message())
                .isEqualTo("answered 200 with a body that is not JSON");
        assertThat(judge(json("/up", true), 200, "", "{\"up\":true}", UTF_8, true)
                        .message())
                .isEqualTo("answered 200 with a body of more than 11 bytes, expected JSON");
    }

    @Test
    void aHealthDocumentCountsByItsStatusToo() {
        HttpExpectation any = expecting("expectedStatus", "200-599");
        assertThat(judge(any, 503, HEALTH, "{\"status\":\"pass\"}").code()).isEqualTo(Outcome.Code.OK);
        Judgement warn = judge(any, 200, HEALTH, "{\"status\":\"warn\",\"output\":\"slow\"}");
        assertThat(warn.code()).isEqualTo(Outcome.Code.WARNING);
        assertThat(warn.message()).isEqualTo("slow");
        assertThat(judge(any, 200, HEALTH, "{\"status\":\"fail\"}").message())
                .isEqualTo("answered 200 with status fail");
        assertThat(judge(any, 200, HEALTH, "all is well").message())
                .isEqualTo("answered 200 with a body that is not a health document");
        Judgement both = judge(expecting("expectedStatus", 200), 503, HEALTH, "{\"status\":\"warn\"}");
        assertThat(both.code()).isEqualTo(Outcome.Code.ERROR);
        // With another content type, the body is not read as a health document.
        assertThat(judge(any, 200, "application/json", "{\"status\":\"fail\"}").code())
                .isEqualTo(Outcome.Code.OK);
    }
}
