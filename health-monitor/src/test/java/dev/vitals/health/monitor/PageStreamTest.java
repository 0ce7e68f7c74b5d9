package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an open page is sent while targets change. */
@Timeout(120)
class PageStreamTest {
    @TempDir
    Path data;

    private Site site;
    private BufferedReader stream;

    @BeforeEach
    void start() throws Exception {
        site = new Site(data, false);
        site.register("orders/o1", Map.of("env", Site.HOSTILE.get(0)));
        site.monitor.advance(Duration.ofSeconds(25));
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(site.browser.withCookie("/stream").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        stream = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
        assertThat(stream.readLine()).matches("retry: [12][0-9]{3}");
    }

    @AfterEach
    void stop() throws IOException {
        stream.close();
        site.close();
    }

    /** Returns the data of the next event of that name. */
    private String next(String event) throws IOException {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.equals("event: " + event)) {
                StringBuilder data = new StringBuilder();
                for (String more = stream.readLine(); !more.isEmpty(); more = stream.readLine()) {
                    data.append(more.substring("data: ".length())).append('\n');
                }
                return data.toString().strip();
            }
        }
        throw new AssertionError("the stream ended before " + event);
    }

    @Test
    void aPollWithoutAChangeIsATimeAndNoRow() throws IOException {
        site.monitor.advance(Duration.ofSeconds(12));
        assertThat(next("seen")).matches("orders/o1 17672256[0-9]{2}");
    }

    @Test
    void aChangeIsARowWithoutTheTextsOfOthers() throws IOException {
        site.fail("db", "<script>alert(1)</script>");
        String row = next("rows");
        assertThat(row)
                .startsWith("<tr data-id=\"orders/o1\"")
                .doesNotContain("<script")
                .contains("&lt;script&gt;");
        Markup.isInert("row", row);
        site.register("billing/b1", Map.of());
        site.monitor.advance(Duration.ofSeconds(1));
        String added = next("rows");
        assertThat(added.contains("billing/b1") ? added : next("rows")).contains("data-id=\"billing/b1\"");
    }

    @Test
    void whatIsNoLongerWatchedIsGone() throws IOException {
        assertThat(site.monitor.api.delete("orders/o1").statusCode()).isEqualTo(204);
        site.monitor.advance(Duration.ofSeconds(1));
        assertThat(next("gone")).isEqualTo("orders/o1");
    }

    @Test
    void withoutAChangeTheStreamShowsThatItIsAlive() throws IOException {
        assertThat(site.monitor.api.delete("orders/o1").statusCode()).isEqualTo(204);
        site.monitor.time.advance(Duration.ofSeconds(10));
        assertThat(next("alive")).isEmpty();
    }

    @Test
    void whoMayNotReadGetsNoStream() {
        assertThat(site.monitor.api.get("/stream").statusCode()).isEqualTo(401);
    }
}
