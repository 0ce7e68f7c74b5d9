package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.Json;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A monitor whose pages are read by a user with a session. */
final class Site implements AutoCloseable {
    /** Texts that must do no harm wherever they are shown. */
    static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><b-hostile onload='x'>",
            "' style='x' onclick='alert(1)",
            "javascript:alert(1)",
            "right \u202e to left",
            "&lt;script&gt; &amp;",
            "]]> --> <!--");

    final FakeApp app;
    final TestMonitor monitor;
    final Browser browser;

    Site(Path data, boolean anonymousRead) throws IOException {
        app = new FakeApp();
        monitor = new TestMonitor(data, new ManualScheduler(), settings -> {
            settings.channelTypes = List.of(NoteChannel.TYPE);
            return settings.anonymousRead(anonymousRead);
        });
        new Admin(monitor).user("alice", "admin");
        browser = Browser.of(monitor.api, "alice");
    }

    /** Registers a target that is polled every ten seconds. */
    void register(String id, Map<String, String> labels) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("url", app.url());
        document.put("interval", 10);
        document.put("timeout", 2);
        document.put("unhealthy", 2);
        document.put("healthy", 2);
        document.put("lease", 0);
        document.put("labels", labels);
        monitor.api.register(id, json(document));
    }

    static String json(Object document) {
        return new String(Json.write(json -> json.writePOJO(document)), StandardCharsets.UTF_8);
    }

    /** Lets the app report a component with that name and output, and all targets fail. */
    void fail(String component, String output) {
        app.reports(
                503,
                json(Map.of(
                        "status",
                        "fail",
                        "output",
                        output,
                        "checks",
                        Map.of(component, List.of(Map.of("status", "fail", "output", output))))));
        monitor.advance(Duration.ofSeconds(25));
    }

    String incident() {
        return Api.json(admin("/api/v1/incidents?state=open"))
                .path("incidents")
                .path(0)
                .path("id")
                .asText();
    }

    HttpResponse<byte[]> admin(String path) {
        return monitor.admin.send(monitor.admin.authorized(path).GET());
    }

    void channel() {
        HttpResponse<byte[]> answer = monitor.admin.send(monitor.admin
                .authorized("/api/v1/channels/chat")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"type\":\"note\",\"url\":\"http://127.0.0.1\",\"token\":\"secret\"}")));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
    }

    /** Returns what a browser gets. */
    HttpResponse<byte[]> answer(String path) {
        return monitor.api.send(browser.withCookie(path)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .GET());
    }

    String page(String path) {
        HttpResponse<byte[]> answer = answer(path);
        assertThat(answer.statusCode()).as(path + " " + Api.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("text/html;charset=utf-8");
        return Api.text(answer);
    }

    /** Sends a form of a page as a browser without scripts does; fields that are given replace those of the form. */
    HttpResponse<byte[]> send(String page, String action, Map<String, String> given) {
        Map<String, String> fields = Markup.form(page(page), action);
        fields.putAll(given);
        return post(action, fields);
    }

    HttpResponse<byte[]> post(String action, Map<String, String> fields) {
        return monitor.api.send(form(action, fields));
    }

    HttpRequest.Builder form(String action, Map<String, String> fields) {
        return browser.withCookie(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"))));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Fails unless the browser is sent back to that path. */
    static void wentTo(String path, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(path);
    }

    @Override
    public void close() {
        monitor.close();
        app.close();
    }
}
