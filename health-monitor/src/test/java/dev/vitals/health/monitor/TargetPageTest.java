package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence of a target on its page. */
class TargetPageTest {
    private static final String PAGE = "/targets/orders/o1";

    @TempDir
    Path data;

    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site(data, true);
        site.register("orders/o1", Map.of("env", "prod"));
        site.monitor.advance(Duration.ofSeconds(25));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String page() {
        String page = site.page(PAGE);
        Markup.isInert(PAGE, page);
        return page;
    }

    private void poll() {
        site.monitor.advance(Duration.ofSeconds(11));
    }

    @Test
    void theLastAnswerIsShownAsItCame() {
        site.app.answers(503, "text/plain", "no more connections");
        poll();
        assertThat(page())
                .contains("HTTP 503, text/plain, 19 bytes", ">no more connections</pre>")
                .contains("127.0.0.1:" + site.app.port(), "aria-label=\"Phases: ", "first byte ", " ms in all");
        site.app.reports(200, "{\"status\":\"pass\",\"checks\":{}}");
        poll();
        assertThat(Markup.text(page())).contains("{\n  \"status\" : \"pass\",\n");
        site.app.answers(204, "text/plain", "");
        poll();
        assertThat(page()).contains("HTTP 204, text/plain, 0 bytes", "The answer has no body.");
    }

    @Test
    void nothingSecretIsShownOfIt() {
        site.app.answers(503, "text/plain", "cannot log in: password=hunter22secret at jdbc:pg://u:pw77secret@db/x");
        poll();
        assertThat(page()).contains("cannot log in").doesNotContain("hunter22secret", "pw77secret");
        site.monitor.api.register(
                "orders/o2",
                Site.json(Map.of(
                        "url",
                        site.app.url(),
                        "kind",
                        "http",
                        "interval",
                        10,
                        "headers",
                        Map.of("X-Api-Key", "open sesame please"))));
        site.app.answers(503, "text/plain", "this is no door: open sesame please");
        poll();
        assertThat(site.page("/targets/orders/o2"))
                .contains("this is no door: ***")
                .doesNotContain("sesame");
    }

    @Test
    void aLongAnswerIsCutAtItsBeginAndHidesSecretsThatBeginThere() {
        String secret = "password=" + "s3cret".repeat(900);
        site.app.answers(503, "text/plain", "begin " + "x ".repeat(9_000) + secret + " the end");
        poll();
        String page = page();
        assertThat(page).contains("... ", "the end</pre>").doesNotContain("begin x", "s3crets3cret");
        assertThat(page).contains("HTTP 503, text/plain, 23,423 bytes");
        site.app.answers(503, "application/octet-stream", "\u0000\u0001".repeat(100) + "\ufffd".repeat(500));
        poll();
        assertThat(page()).contains("(1700 bytes that are not text)");
    }

    @Test
    void theTextIsForOperators() {
        site.app.answers(503, "text/plain", "internal words");
        poll();
        String anonymous =
                Api.text(site.monitor.api.send(site.monitor.api.request(PAGE).header("Accept", "text/html")));
        assertThat(anonymous)
                .contains("HTTP 503", "Operators see the text of the answer here.")
                .doesNotContain("internal words");
    }

    @Test
    void noAnswerIsSaidWithThePhaseInWhichItFailed() {
        site.app.hangsUp();
        poll();
        assertThat(page()).contains("none: failed while answering", "waiting ");
    }

    @Test
    void whatDiffersFromTheLastGoodAnswerIsNamed() {
        site.app.reports(200, "{\"status\":\"pass\",\"checks\":{\"db\":[{\"status\":\"pass\"}]}}");
        poll();
        assertThat(page()).contains("Nothing: the last answer says the same.");
        site.app.reports(
                503, "{\"status\":\"fail\",\"checks\":{\"db\":[{\"status\":\"fail\",\"output\":\"<b-hostile>\"}]}}");
        poll();
        assertThat(page())
                .contains("<th scope=\"row\">component db</th>", ">pass</td>", ">fail, &lt;b-hostile&gt;</td>")
                .contains("<th scope=\"row\">HTTP status</th><td class=\"num\">200</td><td class=\"num\">503</td>");
    }

    @Test
    void aTestShowsItsPhases() {
        String page = Api.text(site.send(PAGE, PAGE + "/test", Map.of()));
        assertThat(page.split("aria-label=\"Phases: ", -1)).hasSize(3);
        Markup.isInert("test", page);
    }

    @Test
    void otherThresholdsAreTriedOnThePage() {
        String form = PAGE + "#backtest";
        assertThat(Markup.form(page(), form))
                .containsOnlyKeys("unhealthy", "healthy", "from", "states")
                .containsEntry("unhealthy", "2")
                .containsEntry("healthy", "2")
                .containsEntry("from", "24h");
        site.app.answers(503, "text/plain", "no");
        site.monitor.advance(Duration.ofSeconds(40));
        site.app.answers(200, "text/plain", "ok");
        site.monitor.advance(Duration.ofSeconds(60));
        String path = PAGE + "?unhealthy=3&healthy=1&from=1h&states=unhealthy";
        String tried = site.page(path);
        Markup.isInert(path, tried);
        assertThat(Markup.form(tried, form)).containsEntry("unhealthy", "3").containsEntry("from", "1h");
        assertThat(tried)
                .contains("With unhealthy 3 and healthy 1 there would have been 2 messages in place of 2")
                .contains(
                        "as it was",
                        "as it would have been",
                        "UNHEALTHY after 2, HEALTHY after 2",
                        "UNHEALTHY after 3, HEALTHY after 1")
                .contains("seen 10 s later, ended 10 s earlier");
        assertThat(site.page(PAGE + "?unhealthy=2&healthy=2&from=1h&states=unhealthy"))
                .contains("None: each outage is seen at the same times.");
        assertThat(site.page(PAGE + "?unhealthy=100&healthy=2&from=1h&states=unhealthy"))
                .contains("not seen", "would not be seen");
        var refused = site.answer(PAGE + "?unhealthy=0");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Api.text(refused)).contains("<li>unhealthy must be a whole number from 1 to 1000, not 0</li>");
    }
}
