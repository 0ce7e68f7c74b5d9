package dev.vitals.health.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.internal.BoundedBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExpectationTest {
    private static final String JSON = "application/json";
    private static final String HEALTH_JSON = "application/health+json";
    private static final HttpExpectation OK = HttpExpectation.of(StatusCodes.of(200));

    private static BoundedBody body(String text) {
        return new BoundedBody(text.getBytes(UTF_8), false);
    }

    private static BoundedBody cut(String text) {
        return new BoundedBody(text.getBytes(UTF_8), true);
    }

    private static HttpExpectation json(String pointer, String value) {
        return OK.withJson(new JsonExpectation(pointer, value));
    }

    @Test
    void comparesTheCode() {
        assertThat(OK.compare(200, "", body("")).mismatch()).isNull();
        assertThat(OK.compare(404, "", body("")).mismatch()).isEqualTo("answered 404, expected 200");
        HttpExpectation several = OK.withStatus(StatusCodes.of(304, 200, 200));
        assertThat(several.compare(304, "", body("")).mismatch()).isNull();
        assertThat(several.compare(201, "", body("")).mismatch()).isEqualTo("answered 201, expected 200 or 304");
        HttpExpectation range = OK.withStatus(StatusCodes.range(200, 299));
        assertThat(range.compare(299, "", body("")).mismatch()).isNull();
        assertThat(range.compare(300, "", body("")).mismatch()).isEqualTo("answered 300, expected 200-299");
    }

    @Test
    void refusesCodesThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatusCodes.of(99))
                .withMessage("expectedStatus must be from 100 to 599, was 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatusCodes.range(300, 200))
                .withMessage("expectedStatus's from must be at most its to of 200, was 300");
        assertThatIllegalArgumentException().isThrownBy(() -> StatusCodes.range(200, 600));
    }

    @Test
    void looksForTextInTheCharsetOfTheBody() {
        HttpExpectation expectation = OK.withText("gr\u00fcn");
        BoundedBody latin = new BoundedBody("alles gr\u00fcn".getBytes(ISO_8859_1), false);
        assertThat(expectation
                        .compare(200, "text/plain; charset=iso-8859-1", latin)
                        .mismatch())
                .isNull();
        assertThat(expectation.compare(200, "text/plain", latin).mismatch()).isNull();
        assertThat(expectation.compare(200, "text/plain; charset=utf-8", latin).mismatch())
                .isEqualTo("answered 200 without 'gr\u00fcn' in its body");
        assertThat(expectation
                        .compare(200, "text/plain; charset=klingon", body("gr\u00fcn"))
                        .mismatch())
                .isNull();
        assertThat(expectation.compare(200, "", cut("rot")).mismatch())
                .isEqualTo("answered 200 without 'gr\u00fcn' in the first 3 bytes of its body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/a | 1", "/a | 1.0", "/b/0 | true", "/b/1 | null", "/c | {\"d\":\"e\"}", "/c/d | e"})
    void comparesValuesAsTextAndNumbersByValue(String pointer, String value) {
        BoundedBody body = body("{\"a\":1,\"b\":[true,null],\"c\":{\"d\":\"e\"}}");
        assertThat(json(pointer, value).compare(200, JSON, body).mismatch()).isNull();
    }

    @Test
    void namesTheFirstValueThatDiffers() {
        BoundedBody body = body("{\"a\":1}");
        assertThat(json("/a", "one").compare(200, JSON, body).mismatch())
                .isEqualTo("answered 200 with '1' at /a, expected 'one'");
        assertThat(json("/b", "").compare(200, JSON, body).mismatch())
                .isEqualTo("answered 200 with nothing at /b, expected ''");
        assertThat(json("/a", "1").compare(200, JSON, body("<a>")).mismatch())
                .isEqualTo("answered 200 with a body that is not JSON");
        assertThat(json("/a", "1").compare(200, JSON, cut("{}")).mismatch())
                .isEqualTo("answered 200 with a body of more than 2 bytes, expected JSON");
    }

    @Test
    void theLaterValueForOnePointerReplacesTheEarlierOne() {
        HttpExpectation expectation = json("/a", "2").withJson(new JsonExpectation("/a", "1"));
        assertThat(expectation.json()).hasSize(1);
        assertThat(expectation.compare(200, JSON, body("{\"a\":1}")).mismatch()).isNull();
    }

    @Test
    void countsAHealthDocumentByItsStatus() {
        HttpExpectation.Comparison warning = OK.compare(200, HEALTH_JSON, body("{\"status\":\"warn\"}"));
        assertThat(warning.code()).isEqualTo(Outcome.Code.WARNING);
        assertThat(warning.mismatch()).isNull();
        assertThat(OK.compare(200, HEALTH_JSON, body("{\"status\":\"fail\"}")).code())
                .isEqualTo(Outcome.Code.ERROR);
        assertThat(OK.compare(200, HEALTH_JSON, body("{\"status\":\"pass\"}")).code())
                .isEqualTo(Outcome.Code.OK);
        HttpExpectation.Comparison both = OK.compare(503, HEALTH_JSON, body("{\"status\":\"warn\"}"));
        assertThat(both.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(both.mismatch()).isEqualTo("answered 503, expected 200");
        assertThat(both.document().status()).isEqualTo(Status.WARN);
    }

    @Test
    void aDocumentThatCannotBeReadIsAMismatch() {
        assertThat(OK.compare(200, HEALTH_JSON, body("<a>")).mismatch())
                .isEqualTo("answered 200 with a body that is not a health document");
        assertThat(OK.compare(200, HEALTH_JSON, cut("{\"notes\":[\"a")).mismatch())
                .isEqualTo("answered 200 with a health document of more than 12 bytes, without a status at its begin");
        assertThat(OK.compare(500, HEALTH_JSON, body("<a>")).mismatch()).isEqualTo("answered 500, expected 200");
    }

    @Test
    void aDocumentThatIsTooLongCountsByTheStatusAtItsBegin() {
        String warning = "{\"version\":\"1\",\"links\":{\"a\":\"b\"},\"status\":\"warn\",\"checks\":{\"db\":[{\"sta";
        assertThat(OK.compare(200, HEALTH_JSON, cut(warning)).code()).isEqualTo(Outcome.Code.WARNING);
        assertThat(OK.compare(200, HEALTH_JSON, cut("{\"status\":\"pass\",\"checks\":{"))
                        .code())
                .isEqualTo(Outcome.Code.OK);
        assertThat(OK.compare(200, HEALTH_JSON, cut("{\"checks\":{\"db\":{\"status\":\"pass\"},"))
                        .code())
                .isEqualTo(Outcome.Code.ERROR);
        assertThat(OK.compare(200, HEALTH_JSON, cut("{\"status\":\"pas")).code())
                .isEqualTo(Outcome.Code.ERROR);
        assertThat(OK.compare(200, HEALTH_JSON, cut("[\"status\",\"pass\"")).code())
                .isEqualTo(Outcome.Code.ERROR);
    }

    @Test
    void readsOtherFormatsOnlyIfADocumentIsExpected() {
        BoundedBody actuator = body("{\"status\":\"DOWN\"}");
        assertThat(OK.compare(200, JSON, actuator).code()).isEqualTo(Outcome.Code.OK);
        HttpExpectation expectation = OK.withHealthDocument();
        assertThat(expectation.compare(200, JSON, actuator).code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(expectation.compare(200, "", actuator).code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(expectation.compare(200, "text/plain", body("Degraded")).code())
                .isEqualTo(Outcome.Code.WARNING);
        assertThat(expectation.compare(200, "text/html", body("<a>")).mismatch())
                .isEqualTo("answered 200 with a body that is not a health document");
    }

    @Test
    void aTextThatIsNotUtf8IsLatin1() {
        HttpExpectation expected = HttpExpectation.of(StatusCodes.of(200)).withText("gr\u00f6\u00dfe");
        byte[] latin1 = "die gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "die gr\u00f6\u00dfe".getBytes(StandardCharsets.UTF_8);
        for (byte[] body : List.of(latin1, utf8)) {
            assertThat(expected.compare(200, "text/html", new BoundedBody(body, false))
                            .mismatch())
                    .isNull();
        }
        // The cut goes through the last character.
        byte[] cut = Arrays.copyOf("gr\u00f6\u00dfe \u00fc".getBytes(StandardCharsets.UTF_8), 9);
        assertThat(expected.compare(200, "text/html", new BoundedBody(cut, true))
                        .mismatch())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://new.example/a?token=secret, answered 308 to https://new.example/a",
        "https://user:secret@new.example:8443/a#b, answered 308 to https://new.example:8443/a",
        "/login?next=x, answered 308 to http://old.example/login",
        "http://my_service:8080/x, answered 308 to http://my_service:8080/x",
        "'https://a b/?x', answered 308 to 'https://a b/'",
        "'', answered 308",
    })
    void aRedirectIsToldWithItsTarget(String location, String told) {
        assertThat(HttpExpectation.withRedirect(
                        "answered 308, expected 200", 308, URI.create("http://old.example/x"), location))
                .isEqualTo(told + ", expected 200");
        assertThat(HttpExpectation.withRedirect("answered 200", 200, URI.create("http://x/"), location))
                .isEqualTo("answered 200");
    }
}
