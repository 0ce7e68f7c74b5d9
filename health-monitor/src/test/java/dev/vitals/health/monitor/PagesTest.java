package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.web.Route;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page of a real monitor: with nothing to show, and with texts that want to do harm. */
class PagesTest {
    private static final String LONG = "x".repeat(4_096);

    @TempDir
    Path data;

    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site(data, false);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** Returns the paths of all pages; those with a parameter are of the given objects. */
    private List<String> pages(Map<String, String> objects) {
        return site.monitor.monitor().web.routes().stream()
                .filter(route -> route.method().equals(HandlerType.GET))
                .filter(route ->
                        route.contract().answers().getOrDefault(200, List.of()).contains(Route.Contract.HTML))
                // These are shown to whoever has a link of a message, and have tests of their own.
                .filter(route -> !route.path().contains("{token}"))
                .map(Route::path)
                .flatMap(path -> path.contains("{") ? Stream.ofNullable(objects.get(path)) : Stream.of(path))
                .toList();
    }

    private String gate() {
        HttpResponse<byte[]> made =
                site.monitor.admin.send("POST", "/api/v1/gates", "{\"targets\":[\"evil/e0\"],\"deadline\":\"10m\"}");
        return Api.json(made).path("id").asText();
    }

    private void hostile() {
        for (int i = 0; i < Site.HOSTILE.size(); i++) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (String name : List.of("env", "cluster", "machine", "public")) {
                labels.put(name, Site.HOSTILE.get(i));
            }
            site.register("evil/e" + i, labels);
        }
        site.channel();
        site.fail(String.join(" ", Site.HOSTILE), String.join(" ", Site.HOSTILE));
        site.monitor.admin.send(
                "POST",
                "/api/v1/silences",
                Site.json(Map.of(
                        "name", Site.HOSTILE.get(0), "reason", Site.HOSTILE.get(1), "service", "x", "to", "1h")));
        site.monitor.admin.send(
                "POST",
                "/api/v1/incidents/" + site.incident() + "/notes",
                Site.json(Map.of("reason", String.join(" ", Site.HOSTILE))));
        site.monitor.admin.send(
                "POST",
                "/api/v1/hosts/m3/checks",
                Site.json(Map.of(
                        "check",
                        "web",
                        "kind",
                        "http",
                        "url",
                        "http://127.0.0.1:1/?%3Cscript%3E",
                        "contains",
                        String.join(" ", Site.HOSTILE),
                        "labels",
                        Map.of("env", Site.HOSTILE.get(1)))));
    }

    private Map<String, String> objects() {
        return Map.of(
                "/gates/{id}",
                "/gates/" + gate(),
                "/hosts/{host}/checks/{check}",
                "/hosts/m3/checks/web",
                "/incidents/{id}",
                "/incidents/" + site.incident(),
                "/targets/{app}/{instance}",
                "/targets/evil/e0");
    }

    @Test
    void everyPageIsShownWhenNothingIsWatched() {
        List<String> pages = pages(Map.of());
        assertThat(pages)
                .contains("/", "/hosts", "/gates", "/incidents", "/messages", "/silences", "/monitor", "/people");
        assertThat(pages).contains("/login", "/status", "/summary");
        for (String page : pages) {
            Markup.isInert(page, site.page(page));
        }
        site.page("/?view=wall");
        site.page("/hosts?host=m3");
        assertThat(site.page("/")).contains("Nothing is watched yet");
    }

    @Test
    void noPageRunsTheTextsOfOthers() {
        hostile();
        List<String> pages = Stream.concat(
                        pages(objects()).stream(),
                        Stream.concat(
                                Stream.of("/?view=wall", "/hosts?host=m3", "/targets/evil/e1", "/incidents?state=open"),
                                Site.HOSTILE.stream().map(text -> "/?q=" + Site.encode(text))))
                .toList();
        assertThat(pages).hasSizeGreaterThan(20);
        for (String page : pages) {
            String html = site.page(page);
            Markup.isInert(page, html);
            assertThat(html).as(page).doesNotContain("<script>alert", "<b-hostile");
        }
        assertThat(site.page("/")).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void aLongTextWithoutSpacesIsShownOnEveryPage() {
        site.register("long/l1", Map.of("env", "y".repeat(200), "public", "z".repeat(200)));
        site.fail("db", LONG);
        for (String page : pages(Map.of("/targets/{app}/{instance}", "/targets/long/l1"))) {
            Markup.isInert(page, site.page(page));
        }
        assertThat(site.page("/targets/long/l1")).contains("x".repeat(150));
    }

    @Test
    void everyPageForbidsScriptsAndFramesOfOthers() {
        for (String page : pages(Map.of())) {
            String policy = site.answer(page)
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow(() -> new AssertionError(page));
            assertThat(policy)
                    .as(page)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void whatIsNotThereIsSaidOnAPage() {
        for (String path : List.of("/targets/no/thing", "/gates/none", "/incidents/none", "/status/badge/none")) {
            HttpResponse<byte[]> answer = site.answer(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(Api.text(answer)).as(path).contains("<title>404 - Vitals</title>", "Go back");
            Markup.isInert(path, Api.text(answer));
        }
    }

    @Test
    void theTargetsOfAnAppAreThoseOfAFilter() {
        Site.wentTo("/?q=orders%2F", site.answer("/targets/orders"));
    }

    @Test
    void whoMayNotReadLogsInFirstAndIsBroughtBack() {
        HttpResponse<byte[]> sent = site.monitor.api.send(site.monitor
                .api
                .request("/hosts?host=m3")
                .header("Accept", "text/html")
                .GET());
        String login = "/login?back=%2Fhosts%3Fhost%3Dm3";
        Site.wentTo(login, sent);
        Map<String, String> fields = Markup.form(site.page(login), "/api/v1/login");
        assertThat(fields).containsEntry("back", "/hosts?host=m3");
        fields.put("user", "alice");
        fields.put("password", Browser.PASSWORD);
        HttpResponse<byte[]> in = site.post("/api/v1/login", fields);
        Site.wentTo("/hosts?host=m3", in);
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict");
        fields.put("password", "not the password");
        HttpResponse<byte[]> refused = site.post("/api/v1/login", fields);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Api.text(refused)).contains("user and password do not match").doesNotContain("not the password");
    }

    @Test
    void programsAreToldTheReasonAndNotSentToALogin() {
        for (String path : List.of("/", "/hosts", "/api/v1/targets")) {
            assertThat(site.monitor.api.get(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void programsGetTheIndexOrTheTable() {
        hostile();
        HttpResponse<byte[]> index = site.admin("/");
        assertThat(index.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Api.json(index).path("links").path("targets").asText()).isEqualTo("/api/v1/targets");
        String plain = table("text/plain");
        assertThat(plain.lines())
                .hasSameSizeAs(Api.json(site.admin("/api/v1/targets")).path("targets"));
        assertThat(plain).contains("UNHEALTHY  evil/e0").doesNotContain("\u202e");
        String markdown = table("text/markdown");
        assertThat(markdown).startsWith("| State | Target | Since | Why |\n").contains("| UNHEALTHY | evil/e0 |");
        assertThat(markdown.lines().filter(line -> line.matches(".*[^\\\\]<script.*")))
                .isEmpty();
        HttpResponse<byte[]> incident = site.admin("/incidents/" + site.incident());
        assertThat(incident.headers().firstValue("Content-Type")).hasValue("text/markdown; charset=utf-8");
    }

    private String table(String type) {
        HttpResponse<byte[]> answer =
                site.monitor.api.send(site.monitor.admin.authorized("/").header("Accept", type));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        return Api.text(answer);
    }

    @Test
    void aFilterIsInThePathAndInItsBox() {
        site.register("orders/o1", Map.of("env", "prod"));
        site.register("billing/b1", Map.of("env", "test"));
        String page = site.page("/?q=env%3Dprod");
        assertThat(page).contains(">orders/o1</a>", "value=\"env=prod\"").doesNotContain(">billing/b1</a>");
        assertThat(site.page("/?q=nothing")).contains("No target matches");
        String links = Markup.tags(site.page("/")).stream()
                .map(tag -> tag.attributes().getOrDefault("href", ""))
                .filter(path -> path.startsWith("/targets/"))
                .collect(Collectors.joining(" "));
        assertThat(links).isEqualTo("/targets/billing/b1 /targets/orders/o1");
    }

    @Test
    void aPageWaitsForTheHistoryOfTheFirstRowsOnly() {
        for (int i = 0; i < 60; i++) {
            site.register("many/m" + i, Map.of());
        }
        // The wall clock alone: nothing runs in the background meanwhile.
        site.monitor.time.setWall(site.monitor.time.instant().plus(Duration.ofMinutes(20)));
        assertThat(rowsWithoutHistory()).isEqualTo(10);
        Await.until("the others are read too", () -> {
            site.monitor.time.advance(Duration.ofSeconds(1));
            return rowsWithoutHistory() == 0;
        });
    }

    private long rowsWithoutHistory() {
        return site.page("/")
                .lines()
                .filter(row -> row.contains("<svg class=\"day\"></svg>"))
                .count();
    }
}
