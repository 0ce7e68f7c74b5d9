package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the page as a browser gets it. */
class HtmlPageTest {
    private static final Map<String, String> BROWSER =
            Map.of("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    private static final String SECRET = "table orders_2026 is gone";

    private final ManualScheduler time = new ManualScheduler();
    private final AtomicReference<Outcome> stock = new AtomicReference<>(Outcome.ok("enough"));
    private final Health health = time.health()
            .service("orders", "1.4.2")
            .check(
                    "database",
                    () -> Outcome.ok("up-to-date").with("pool", 8),
                    c -> c.groups("ready").interval(Duration.ofSeconds(60)))
            .check(
                    "stock",
                    stock::get,
                    c -> c.interval(Duration.ofSeconds(10))
                            .link("runbook", URI.create("https://wiki.example.org/stock?a=1&b=2"))
                            .link("ticket", URI.create("javascript:alert(1)"))
                            .affectedEndpoints(URI.create("https://shop.example.org/stock")))
            .check(
                    "mail",
                    () -> {
                        throw new IllegalStateException(SECRET + "\n<b>\tat line 2");
                    },
                    c -> c.groups("ready").failureThreshold(1))
            .start();
    private final HealthEndpoint endpoint =
            HealthEndpoint.builder(health).htmlPage(true).build();

    @AfterEach
    void close() {
        health.close();
    }

    private Exchange get(String path) {
        return InMemory.exchange(endpoint, "GET", path, BROWSER);
    }

    private String row(String check) {
        String body = get("/_health").body();
        return body.lines()
                .filter(line -> line.startsWith("<tr>") && line.contains("\"row\">" + check + "</th>"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysWhySinceWhenAndHowOldTheResultIs() {
        time.advance(Duration.ofSeconds(25));
        stock.set(Outcome.error("no stock feed"));
        time.advance(Duration.ofSeconds(22));

        assertThat(row("stock"))
                .contains(">warn</td>", "no stock feed", "2 of 3 failures in a row", ">3 s ago</td>", ">10 s</td>")
                .contains("<time datetime=\"2026-01-01T00:00:33Z\">00:00:33</time> <span class=\"soft\">13 s</span>")
                .contains("affects <bdi>https://shop.example.org/stock</bdi>");
        time.advance(Duration.ofDays(2));
        assertThat(row("stock"))
                .contains(">fail</td>", " failures in a row (limit 3)")
                .contains(">2026-01-01 00:00</time> <span class=\"soft\">1 d 23 h</span>");
        stock.set(Outcome.ok("enough"));
        time.advance(Duration.ofSeconds(10));
        assertThat(row("stock")).contains(">pass</td>", "enough").doesNotContain("in a row", "affects");
    }

    @Test
    void putsTheWorstFirst() {
        stock.set(Outcome.warning("low"));
        time.advance(Duration.ofSeconds(1));

        Exchange page = get("/_health");
        assertThat(page.body()).containsSubsequence(">mail</th>", ">stock</th>", ">database</th>");
        assertThat(page.body()).contains("<title>fail: orders</title>", "stock warn, mail fail");
        assertThat(get("/_health/live").body())
                .contains("<title>pass: orders live</title>", "There are no checks here.");
    }

    @Test
    void tellsACheckWithoutResultFromOneThatFails() {
        assertThat(row("database")).contains(">unknown</td>", "no result yet", ">none yet</td>");
    }

    @Test
    void linksOnlyToTheWeb() {
        assertThat(row("stock"))
                .contains("<a rel=\"noreferrer\" href=\"https://wiki.example.org/stock?a=1&amp;b=2\">")
                .contains("javascript:alert(1)")
                .doesNotContain("\"javascript:");
    }

    @Test
    void hidesWhatTheDocumentHides() {
        time.advance(Duration.ofSeconds(1));
        assertThat(get("/_health").body()).doesNotContain(SECRET).contains("in the log as ");

        HealthEndpoint open = HealthEndpoint.builder(health)
                .htmlPage(true)
                .authorized(request -> "Bearer t".equals(request.header("Authorization")))
                .build();
        Exchange full =
                InMemory.exchange(open, "GET", "/_health", Map.of("Accept", "text/html", "Authorization", "Bearer t"));
        assertThat(full.body()).contains(SECRET).doesNotContain("<b>");
        assertThat(InMemory.exchange(open, "GET", "/_health", BROWSER).body()).doesNotContain(SECRET);
    }

    @Test
    void allowsItsOwnStyleAndNothingElse() throws Exception {
        Exchange page = get("/_health");
        String body = page.body();
        String style = body.substring(body.indexOf("<style>") + 7, body.indexOf("</style>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash)
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(body).doesNotContain("<script", "style=", "onload", "src=");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void isSmall() {
        stock.set(Outcome.error("no stock feed"));
        time.advance(Duration.ofMinutes(5));

        assertThat(get("/_health").body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8_192);
    }

    @Test
    void validatesLikeOtherBodies() {
        time.advance(Duration.ofSeconds(1));
        Exchange page = get("/_health/startup");
        Map<String, String> again = Map.of("Accept", "text/html", "If-None-Match", page.header("ETag"));

        assertThat(InMemory.exchange(endpoint, "GET", "/_health/startup", again).code())
                .isEqualTo(304);
        time.advance(Duration.ofSeconds(1));
        assertThat(InMemory.exchange(endpoint, "GET", "/_health/startup", again).code())
                .as("a page that shows a later time")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/_health, _health/ready",
        "/_health/, ready",
        "/_health/live, ready",
        "/_health/live/, ../ready",
        "/_health;v=1/live;x, ready",
        "/%5Fhealth, _health/ready",
        "/_health?exclude=mail, _health/ready"
    })
    void linksToGroupsWhateverTheSpellingOfThePath(String path, String link) {
        Exchange page = get(path);
        assertThat(page.body()).contains("<a href=\"" + link + "\"");
        URI there = URI.create("http://host/app" + path).resolve(link);
        assertThat(there.getPath()).matches("/app/+_health(;v=1)?/ready");
    }

    @Test
    void isOffByDefault() {
        HealthEndpoint usual = HealthEndpoint.of(health);
        for (String path : List.of("/_health", "/_health/ready")) {
            Exchange asBrowser = InMemory.exchange(usual, "GET", path, BROWSER);
            Exchange asProgram = InMemory.exchange(usual, "GET", path, Map.of());
            assertThat(asBrowser).isEqualTo(asProgram);
            assertThat(asBrowser.header("Content-Type")).isEqualTo("application/health+json");
        }
    }
}
