package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of hosts on their pages: added, edited, tested, and never saved untested by mistake. */
class HostPagesTest {
    private static final String CHECKS = "/api/v1/hosts/m3/checks";
    private static final String WEB = CHECKS + "/web";
    private static final String HOST = "/hosts?host=m3";
    private static final String EDIT = "/hosts/m3/checks/web";
    private static final String TEST = EDIT + "/test";

    @TempDir
    Path data;

    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site(data, true);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void save(Map<String, ?> fields) {
        Map<String, Object> document = new LinkedHashMap<>(
                Map.of("check", "web", "kind", "http", "url", site.app.url(), "interval", 10, "timeout", 5));
        document.putAll(fields);
        HttpResponse<byte[]> answer = site.monitor.admin.send("POST", CHECKS, Site.json(document));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        site.monitor.advance(Duration.ofSeconds(12));
    }

    private JsonNode saved() {
        return Api.json(site.admin(WEB));
    }

    private Map<String, String> editForm() {
        return Markup.form(site.page(EDIT), WEB);
    }

    /** Sends the form to be tested, and returns the page that follows. */
    private String tested(String path, Map<String, String> fields) {
        HttpResponse<byte[]> answer = site.post(path, fields);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        Markup.isInert(path, Api.text(answer));
        return Api.text(answer);
    }

    private static void refused(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(400);
        assertThat(Api.text(answer))
                .contains(
                        "<li>untested must be ticked to save these settings all the same: no test of just these settings");
    }

    @Test
    void aCheckIsAddedTestedAndRemoved() {
        assertThat(Markup.form(site.page("/hosts"), "/hosts")).containsOnlyKeys("host", "kind");
        Map<String, String> fields = Markup.form(site.page(HOST), CHECKS);
        assertThat(fields)
                .containsEntry("kind", "http")
                .containsKeys("url", "interval")
                .doesNotContainKey("untested");
        fields.put("check", "web");
        fields.put("url", "x");
        HttpResponse<byte[]> bad = site.post(CHECKS, fields);
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Api.text(bad)).contains("<li>url must be ", ", not x</li>", "href=\"/hosts?host=m3\"");
        fields.putAll(Map.of("url", site.app.url(), "interval", "30s", "timeout", "5"));
        refused(site.post(CHECKS, fields));
        String page = tested("/hosts/m3/test", fields);
        assertThat(page).contains("These settings", "Phases: ").doesNotContain("Saved settings");
        assertThat(Api.json(site.admin(CHECKS)).path("checks")).isEmpty();
        Site.wentTo(HOST, site.post(CHECKS, Markup.form(page, CHECKS)));
        assertThat(saved().path("interval").asInt()).isEqualTo(30);
        assertThat(site.page("/hosts")).contains("href=\"/targets/m3/web\"", "href=\"" + EDIT + "\"");
        Site.wentTo("/hosts", site.send("/hosts", WEB, Map.of()));
        assertThat(site.page("/hosts")).doesNotContain("/targets/m3/web");
    }

    @Test
    void eachKindHasItsFields() {
        Map<String, String> tcp = Markup.form(site.page(HOST + "&kind=tcp"), CHECKS);
        assertThat(tcp)
                .containsEntry("kind", "tcp")
                .containsKeys("host", "port")
                .doesNotContainKey("url");
        tcp.putAll(Map.of("check", "port", "host", "127.0.0.1", "port", String.valueOf(site.app.port())));
        Site.wentTo(HOST, site.post(CHECKS, Markup.form(tested("/hosts/m3/test", tcp), CHECKS)));
        assertThat(Markup.form(site.page("/hosts/m3/checks/port"), CHECKS + "/port"))
                .containsEntry("port", String.valueOf(site.app.port()));
        for (String kind : List.of("health", "dns", "tls", "service", "nonsense")) {
            assertThat(Markup.form(site.page(HOST + "&kind=" + kind), CHECKS)).containsKey("interval");
        }
    }

    @Test
    void theFormIsFilledWithWhatIsSavedAndSavesItUnchanged() {
        save(Map.of(
                "contains", Site.HOSTILE.get(1),
                "expectedStatus", List.of("200-299", 301),
                "json", List.of(Map.of("pointer", "/a", "equals", 1)),
                "headers", Map.of("X-Plain", "p", "X-Api-Key", "open sesame"),
                "notify", List.of("ops@example.org", "dev@example.org"),
                "labels", Map.of("env", Site.HOSTILE.get(0))));
        JsonNode before = saved();
        String page = site.page(EDIT);
        Markup.isInert(EDIT, page);
        assertThat(page).doesNotContain("sesame").contains("placeholder=\"kept if empty\"");
        Map<String, String> fields = editForm();
        assertThat(fields)
                .containsEntry("interval", "10s")
                .containsEntry("expectedStatus", "200-299 301")
                .containsEntry("headers.X-Plain", "p")
                .containsEntry("headers.X-Api-Key", "")
                .containsEntry("labels.env", Site.HOSTILE.get(0))
                .containsEntry("notify", "ops@example.org dev@example.org");
        fields.put("untested", "true");
        Site.wentTo(HOST, site.post(WEB, fields));
        JsonNode after = saved();
        before.fieldNames().forEachRemaining(name -> {
            if (!name.equals("current")) {
                assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
            }
        });
        assertThat(after.path("current").path("secrets"))
                .isEqualTo(before.path("current").path("secrets"));
        tested(TEST, editForm());
        assertThat(site.app.lastHeader("X-Api-Key")).isEqualTo("open sesame");
    }

    @Test
    void savedAndEditedSettingsAreTestedSideBySide() {
        save(Map.of());
        Map<String, String> fields = editForm();
        fields.put("contains", "gold");
        fields.put("failureThreshold", "3");
        int changes =
                Api.json(site.admin("/api/v1/targets/m3/web")).path("changes").size();
        String page = tested(TEST, fields);
        assertThat(page)
                .contains("Saved settings", "Edited settings", "Phases, saved settings", "Phases, edited settings")
                .contains("HEALTHY</span>", "DEGRADED</span>", "ERROR</span>", "OK</span>")
                .contains("as it was", "UNHEALTHY after 3, HEALTHY after 1");
        assertThat(saved().has("contains")).isFalse();
        assertThat(Api.json(site.admin("/api/v1/targets/m3/web")).path("changes"))
                .hasSize(changes);
        refused(site.post(WEB, Markup.form(page, WEB)));
    }

    @Test
    void onlyJustWhatPassedIsSaved() {
        save(Map.of());
        Map<String, String> fields = editForm();
        fields.put("contains", "ok");
        refused(site.post(WEB, fields));
        Map<String, String> passed = Markup.form(tested(TEST, fields), WEB);
        Map<String, String> other = new LinkedHashMap<>(passed);
        other.put("timeout", "4s");
        refused(site.post(WEB, other));
        other.put("untested", "true");
        Site.wentTo(HOST, site.post(WEB, other));
        Site.wentTo(HOST, site.post(WEB, passed));
        assertThat(saved().path("contains").asText()).isEqualTo("ok");
        site.monitor.time.advance(Duration.ofMinutes(16));
        site.monitor.settle();
        refused(site.post(WEB, passed));
    }

    @Test
    void theTestOfAnotherPersonOrOfAnotherCheckIsNone() {
        save(Map.of());
        Map<String, String> passed = Markup.form(tested(TEST, editForm()), WEB);
        Map<String, String> copy = new LinkedHashMap<>(passed);
        copy.put("check", "copy");
        refused(site.post(CHECKS, copy));
        new Admin(site.monitor).user("bob", "operator");
        Browser bob = Browser.of(site.monitor.api, "bob");
        passed.put("csrf", bob.csrf);
        refused(site.monitor.api.send(site.form(WEB, passed).setHeader("Cookie", bob.cookie)));
    }

    @Test
    void aSecretThatWasTypedForATestIsSavedWithoutBeingTypedAgain() {
        save(Map.of("headers", Map.of("X-Api-Key", "old sesame")));
        Map<String, String> fields = editForm();
        fields.put("headers.X-Api-Key", "new sesame");
        String page = tested(TEST, fields);
        assertThat(site.app.lastHeader("X-Api-Key")).isIn("new sesame", "old sesame");
        assertThat(page).doesNotContain("sesame");
        Site.wentTo(HOST, site.post(WEB, Markup.form(page, WEB)));
        site.monitor.advance(Duration.ofSeconds(12));
        assertThat(site.app.lastHeader("X-Api-Key")).isEqualTo("new sesame");
    }

    @Test
    void aSecretDoesNotGoToAnotherServer() throws IOException {
        save(Map.of("headers", Map.of("X-Api-Key", "old sesame")));
        try (FakeApp thief = new FakeApp()) {
            Map<String, String> fields = editForm();
            fields.put("url", thief.url());
            fields.put("test", Markup.form(tested(TEST, editForm()), WEB).get("test"));
            tested(TEST, fields);
            assertThat(thief.lastHeader("X-Api-Key")).isNull();
        }
    }

    @Test
    void programsSaveWithoutATest() {
        save(Map.of());
        HttpResponse<byte[]> put = site.monitor.admin.send(site.monitor
                .admin
                .authorized(WEB)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"kind\":\"http\",\"url\":\"http://127.0.0.1:1\"}")));
        assertThat(put.statusCode()).as(Api.text(put)).isEqualTo(200);
    }

    @Test
    void viewersSeeNoForms() {
        save(Map.of());
        HttpResponse<byte[]> answer = site.monitor.api.send(
                site.monitor.api.request(EDIT).header("Accept", "text/html").GET());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Api.text(
                        site.monitor.api.send(site.monitor.api.request("/hosts").header("Accept", "text/html"))))
                .contains("m3")
                .doesNotContain(EDIT, "formaction");
        assertThat(site.answer("/hosts/m3/checks/none").statusCode()).isEqualTo(404);
    }
}
