package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a person can do on the pages, by forms alone. */
class PageFormsTest {
    private static final String SILENCES = "/api/v1/silences";

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

    private Map<String, String> silence() {
        Map<String, String> fields = Markup.form(site.page("/silences"), SILENCES);
        fields.putAll(Map.of("name", "release", "service", "orders", "to", "1h", "reason", "new version"));
        return fields;
    }

    @Test
    void anIncidentIsAcknowledgedAndNoted() {
        site.fail("db", "refused");
        String incident = "/incidents/" + site.incident();
        assertThat(site.page("/")).contains("href=\"" + incident + "#acknowledge\"");
        String api = "/api/v1" + incident;
        Site.wentTo(incident, site.send(incident, api + "/acknowledge", Map.of("reason", "I restart it")));
        assertThat(site.page(incident)).contains("alice: I restart it");
        assertThat(site.page("/")).contains("acknowledged by alice: I restart it");
        Site.wentTo(incident, site.send(incident, api + "/notes", Map.of("reason", "the disk was full")));
        assertThat(site.page(incident)).contains("the disk was full");
        HttpResponse<byte[]> empty = site.send(incident, api + "/notes", Map.of("reason", " "));
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(Api.text(empty)).contains("<li>reason must be ", "href=\"" + incident + "\"");
    }

    @Test
    void aSilenceBeginsAndEnds() {
        Site.wentTo("/silences", site.post(SILENCES, silence()));
        String page = site.page("/silences");
        assertThat(page).contains("app orders: 1 target, 0 not healthy now", "UTC, in 1 h", "new version", "alice");
        assertThat(site.page("/")).contains("silenced until");
        Matcher end = Pattern.compile("/api/v1/silences/[A-Za-z0-9_-]+").matcher(page);
        assertThat(end.find()).isTrue();
        Site.wentTo("/silences", site.send("/silences", end.group(), Map.of()));
        assertThat(site.page("/silences")).doesNotContain(end.group());
    }

    @Test
    void aSilenceAndAMaintenanceWindowArePreviewedBeforeTheyAreMade() {
        for (int i = 2; i <= 12; i++) {
            site.register("orders/o" + i, Map.of("env", Site.HOSTILE.get(0)));
        }
        site.register("billing/b1", Map.of());
        site.fail("db", Site.HOSTILE.get(0));
        for (String kind : new String[] {"silence", "maintenance"}) {
            String api = kind.equals("silence") ? SILENCES : "/api/v1/maintenance";
            Map<String, String> fields = Markup.form(site.page("/silences"), api);
            fields.putAll(Map.of("name", Site.HOSTILE.get(1), "service", "orders", "to", "23h", "reason", "new"));
            HttpResponse<byte[]> preview = site.post("/silences/preview/" + kind, fields);
            assertThat(preview.statusCode()).as(Api.text(preview)).isEqualTo(200);
            String page = Api.text(preview);
            Markup.isInert("preview", page);
            assertThat(page)
                    .contains("app orders: mutes 12 targets, 12 of them red now", "until today 23:", " UTC, in 23 h")
                    .contains("The first 10 of them", "href=\"/targets/orders/o1\"", "&lt;script&gt;alert(1)")
                    .doesNotContain("/targets/billing/b1");
            assertThat(page.split("href=\"/targets/orders", -1)).hasSize(11);
            assertThat(Api.json(site.admin(SILENCES)).path("silences")).isEmpty();
            fields.put("to", "nonsense");
            assertThat(site.post("/silences/preview/" + kind, fields).statusCode())
                    .isEqualTo(400);
            Map<String, String> filled = Markup.form(page, api);
            assertThat(filled).containsEntry("name", Site.HOSTILE.get(1)).containsEntry("to", "23h");
            filled.put("service", "nothing");
            assertThat(Api.text(site.post("/silences/preview/" + kind, filled)))
                    .contains("mutes 0 targets, none of them red now", "No target matches now.");
            Site.wentTo("/silences", site.post(api, Markup.form(page, api)));
            site.send("/silences", end(site.page("/silences"), api), Map.of());
        }
    }

    private static String end(String page, String api) {
        Matcher end = Pattern.compile(api + "/[A-Za-z0-9_-]+").matcher(page);
        assertThat(end.find()).isTrue();
        return end.group();
    }

    @Test
    void aMaintenanceWindowBeginsAndEnds() {
        Site.wentTo(
                "/silences",
                site.send(
                        "/silences",
                        "/api/v1/maintenance",
                        Map.of("name", "disk", "targets", "orders/o1, orders/o2", "to", "2h")));
        String page = site.page("/silences");
        assertThat(page).contains("orders/o1, orders/o2: 1 target");
        assertThat(site.page("/")).contains("in maintenance until");
        Matcher end = Pattern.compile("/api/v1/maintenance/[A-Za-z0-9_-]+").matcher(page);
        assertThat(end.find()).isTrue();
        Site.wentTo("/silences", site.send("/silences", end.group(), Map.of()));
        assertThat(site.page("/")).doesNotContain("in maintenance until");
    }

    @Test
    void aTargetIsSilencedAndTestedOnItsPage() {
        Site.wentTo("/targets/orders/o1", site.send("/targets/orders/o1", SILENCES, Map.of()));
        assertThat(site.page("/targets/orders/o1")).contains("page of orders/o1 until");
        int before = site.app.requests();
        site.app.answers(503, "text/plain", "no");
        HttpResponse<byte[]> tested = site.send("/targets/orders/o1", "/targets/orders/o1/test", Map.of());
        assertThat(tested.statusCode()).as(Api.text(tested)).isEqualTo(200);
        assertThat(Api.text(tested)).contains("answered 503", "HEALTHY");
        assertThat(site.app.requests()).isEqualTo(before + 1);
        Markup.isInert("test", Api.text(tested));
    }

    @Test
    void allTargetsOfAFilterAreTestedAndSilenced() {
        site.register("orders/o2", Map.of("env", "prod"));
        site.register("orders/o3", Map.of("env", "test"));
        site.monitor.advance(Duration.ofSeconds(25));
        String bulk = "/bulk?q=env%3Dprod";
        assertThat(site.page("/?q=env%3Dprod")).contains("href=\"" + bulk + "\"", "Act on these 2");
        assertThat(site.page(bulk))
                .contains("Act on 2 targets", "Now 2 healthy.", "orders/o2")
                .doesNotContain("orders/o3");
        site.app.answers(503, "text/plain", "no");
        int before = site.app.requests();
        HttpResponse<byte[]> tested = site.send(bulk, "/bulk/test?q=env%3Dprod", Map.of());
        assertThat(Api.text(tested)).contains("Test of 2 targets", "answered 503", "orders/o1", "orders/o2");
        assertThat(site.app.requests()).isEqualTo(before + 2);
        Markup.isInert("tested", Api.text(tested));
        Site.wentTo(
                "/silences", site.send(bulk, SILENCES, Map.of("name", "release", "to", "1h", "reason", "new version")));
        assertThat(site.page("/silences")).contains("orders/o1, orders/o2: 2 targets, 0 not healthy now");
        assertThat(site.page("/bulk?q=nothing")).contains("No target matches");
    }

    @Test
    void aGateIsMadeAndCancelled() {
        Site.wentTo("/gates", site.send("/gates", "/api/v1/gates", Map.of("service", "orders", "reason", "release 2")));
        Matcher gate =
                Pattern.compile("action=\"(/api/v1/gates/[A-Za-z0-9_-]+)\"").matcher(site.page("/gates"));
        assertThat(gate.find()).isTrue();
        String page = gate.group(1).replace("/api/v1", "");
        assertThat(site.page(page)).contains("app orders", "waiting");
        Site.wentTo("/gates", site.send("/gates", gate.group(1), Map.of()));
        assertThat(site.page("/gates")).doesNotContain(gate.group(1));
        assertThat(site.page(page)).contains("closed");
    }

    @Test
    void aChannelIsTested() {
        site.channel();
        Site.wentTo("/messages", site.send("/messages", "/api/v1/channels/chat/test", Map.of()));
        Await.until("it is accepted", () -> {
            site.monitor.advance(Duration.ofSeconds(1));
            return site.page("/messages").contains("accepts messages");
        });
    }

    @Test
    void aNewTokenIsShownOnceAndCanBeRevoked() {
        HttpResponse<byte[]> made =
                site.send("/people", "/api/v1/tokens", Map.of("name", "ci", "role", "operator", "expires", "90d"));
        assertThat(made.statusCode()).as(Api.text(made)).isEqualTo(201);
        Matcher token =
                Pattern.compile("vt[a-z]*_[A-Za-z0-9_-]{20,}[A-Za-z0-9]").matcher(Api.text(made));
        assertThat(token.find()).as(Api.text(made)).isTrue();
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(Api.text(made)).contains("href=\"/people\"");
        String people = site.page("/people");
        assertThat(people).contains("/api/v1/tokens/ci").doesNotContain(token.group());
        Site.wentTo("/people", site.send("/people", "/api/v1/tokens/ci", Map.of()));
        assertThat(site.page("/people")).doesNotContain("/api/v1/tokens/ci\"");
    }

    @Test
    void aPersonIsAddedAndRemoved() {
        String users = "/api/v1/users";
        Map<String, String> bob = Map.of("name", "bob", "role", "viewer", "password", Browser.PASSWORD);
        Site.wentTo("/people", site.send("/people", users, bob));
        Browser viewer = Browser.of(site.monitor.api, "bob");
        assertThat(viewer.get("/")).isEqualTo(200);
        assertThat(viewer.get("/people")).isEqualTo(403);
        assertThat(Api.text(site.monitor.api.send(viewer.withCookie("/silences").header("Accept", "text/html"))))
                .doesNotContain("action=\"" + SILENCES);
        HttpResponse<byte[]> weak = site.send("/people", users, Map.of("name", "eve", "password", "short pw"));
        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(Api.text(weak)).contains("password must be ").doesNotContain("short pw");
        Site.wentTo("/people", site.send("/people", users + "/bob", Map.of()));
        assertThat(viewer.get("/api/v1/audit")).isEqualTo(401);
    }

    @Test
    void withoutTheTokenOfTheSessionNothingIsDone() {
        for (String csrf : new String[] {"", "x", null}) {
            Map<String, String> fields = new HashMap<>(silence());
            fields.put("csrf", csrf);
            fields.values().removeIf(value -> value == null);
            HttpResponse<byte[]> answer = site.post(SILENCES, fields);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(Api.text(answer)).contains("<title>403 - Vitals</title>");
        }
        assertThat(Api.json(site.admin(SILENCES)).path("silences")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aFormOfAnotherSiteDoesNothing(String where) {
        Map<String, String> fields = silence();
        assertThat(site.monitor
                        .api
                        .send(site.form(SILENCES, fields).setHeader("Sec-Fetch-Site", where))
                        .statusCode())
                .isEqualTo(403);
        assertThat(site.monitor
                        .api
                        .send(site.form(SILENCES, fields).header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.json(site.admin(SILENCES)).path("silences")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "/\r\nX-Evil: 1",
                "javascript:alert(1)",
                "evil",
                " //evil.example",
                "/\u00e9"
            })
    void theWayBackNeverLeadsElsewhere(String back) {
        Map<String, String> fields = silence();
        fields.put("back", back);
        Site.wentTo("/", site.post(SILENCES, fields));
        fields.put("to", "nonsense");
        assertThat(Api.text(site.post(SILENCES, fields))).contains("<a class=\"button\" href=\"/\">");
        assertThat(Markup.form(site.page("/login?back=" + Site.encode(back)), "/api/v1/login"))
                .containsEntry("back", "/");
    }

    @Test
    void aRefusedFieldIsSaidInWords() {
        Map<String, String> fields = silence();
        fields.put("to", "<b-hostile>");
        HttpResponse<byte[]> answer = site.post(SILENCES, fields);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.text(answer)).contains("<li>to must be ", "not &lt;b-hostile&gt;");
        Markup.isInert("refusal", Api.text(answer));
    }

    @Test
    void whoLogsOutIsOut() {
        Site.wentTo("/", site.send("/", "/api/v1/logout", Map.of()));
        assertThat(site.page("/")).contains("Log in").doesNotContain("Log out");
        assertThat(site.answer("/people").statusCode()).isEqualTo(303);
    }
}
