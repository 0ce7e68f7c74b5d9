package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A user with a session, as a browser holds it. */
final class Browser {
    static final String PASSWORD = "correct horse battery staple";

    private final Api api;
    final String cookie;
    final String csrf;

    private Browser(Api api, String cookie, String csrf) {
        this.api = api;
        this.cookie = cookie;
        this.csrf = csrf;
    }

    static HttpResponse<byte[]> login(Api api, String user, String password) {
        return api.send(api.request("/api/v1/login")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}")));
    }

    /** Logs in with {@link #PASSWORD}. */
    static Browser of(Api api, String user) {
        HttpResponse<byte[]> answer = login(api, user, PASSWORD);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        JsonNode body = Api.json(answer);
        return new Browser(
                api, set.substring(0, set.indexOf(';')), body.path("csrf").asText());
    }

    /** Returns a request with the cookie alone. */
    HttpRequest.Builder withCookie(String path) {
        return api.request(path).header("Cookie", cookie);
    }

    /** Returns a request as the monitor's own page sends it. */
    HttpRequest.Builder request(String path) {
        return withCookie(path).header("X-CSRF-Token", csrf);
    }

    int get(String path) {
        return api.send(withCookie(path).GET()).statusCode();
    }

    int send(HttpRequest.Builder request) {
        return api.send(request).statusCode();
    }
}
