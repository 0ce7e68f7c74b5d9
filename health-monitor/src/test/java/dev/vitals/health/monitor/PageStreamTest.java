package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an open page is sent while targets change. */
class PageStreamTest {
    @TempDir
    Path data;

    private Site site;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private InputStream stream;

    @BeforeEach
    void start() throws Exception {
        site = new Site(data, false);
        site.register("orders/o1", Map.of("env", Site.HOSTILE.get(0)));
        site.monitor.advance(Duration.ofSeconds(25));
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(site.browser.withCookie("/stream").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        stream = answer.body();
        Thread reader = new Thread(this::read, "reader of the stream");
        reader.setDaemon(true);
        reader.start();
        assertThat(line()).matches("retry: [12][0-9]{3}");
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            lines.add("closed: " + closed);
        }
    }

    /** Returns the next line; the time of the monitor goes on while there is none. */
    private String line() {
        String[] line = new String[1];
        Await.until("a line of the stream", () -> {
            line[0] = lines.poll();
            if (line[0] == null) {
                site.monitor.time.advance(Duration.ofMillis(250));
            }
            return line[0] != null;
        });
        return line[0];
    }

    @AfterEach
    void stop() throws IOException {
        stream.close();
        site.close();
    }

    /** Returns the data of the next event of that name. */
    private String next(String event) {
        String line = line();
        while (!line.equals("event: " + event)) {
            assertThat(line).as("before " + event).doesNotStartWith("closed: ");
            line = line();
        }
        StringBuilder data = new StringBuilder();
        for (String more = line(); !more.isEmpty(); more = line()) {
            data.append(more.substring("data:".length()).strip()).append('\n');
        }
        return data.toString().strip();
    }

    @Test
    void aPollWithoutAChangeIsATimeAndNoRow() {
        site.monitor.advance(Duration.ofSeconds(12));
        assertThat(next("seen")).matches("orders/o1 17672256[0-9]{2}");
    }

    @Test
    void aChangeIsARowWithoutTheTextsOfOthers() {
        site.fail("db", "<script>alert(1)</script>");
        String row = next("rows");
        assertThat(row).startsWith("<tr ").doesNotContain("<script").contains(">orders/o1</a>", "&lt;script&gt;");
        Markup.isInert("row", row);
        site.register("billing/b1", Map.of());
        site.monitor.advance(Duration.ofSeconds(1));
        String added = next("rows");
        while (!added.contains(">billing/b1</a>")) {
            added = next("rows");
        }
    }

    @Test
    void whatIsNoLongerWatchedIsGone() {
        assertThat(site.monitor.api.delete("orders/o1").statusCode()).isEqualTo(204);
        site.monitor.advance(Duration.ofSeconds(1));
        assertThat(next("gone")).isEqualTo("orders/o1");
    }

    @Test
    void withoutAChangeTheStreamShowsThatItIsAlive() {
        assertThat(site.monitor.api.delete("orders/o1").statusCode()).isEqualTo(204);
        site.monitor.time.advance(Duration.ofSeconds(10));
        assertThat(next("alive")).isEmpty();
    }

    @Test
    void whoMayNotReadGetsNoStream() {
        assertThat(site.monitor.api.get("/stream").statusCode()).isEqualTo(401);
    }
}
