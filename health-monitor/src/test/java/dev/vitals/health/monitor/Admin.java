package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Calls the API as an administrator. */
final class Admin {
    private final Api api;
    private final String token;

    Admin(TestMonitor monitor) {
        this.api = monitor.api;
        this.token = monitor.adminToken();
    }

    static HttpRequest.Builder as(Api api, String token, String path) {
        return api.request(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<byte[]> get(String path) {
        return api.send(as(api, token, path).GET());
    }

    HttpResponse<byte[]> post(String path, String body) {
        return api.send(as(api, token, path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> put(String path, String body) {
        return api.send(as(api, token, path).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> delete(String path) {
        return api.send(as(api, token, path).DELETE());
    }

    /** Makes a token; the members come after name and role. */
    String token(String name, String role, String members) {
        HttpResponse<byte[]> answer =
                post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"" + members + "}");
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
        return Api.json(answer).path("token").asText();
    }

    /** Adds a user with {@link Browser#PASSWORD}. */
    void user(String name, String role) {
        HttpResponse<byte[]> answer = post(
                "/api/v1/users",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"password\":\"" + Browser.PASSWORD + "\"}");
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(201);
    }

    /** Returns the audit log in short, the newest first: actor, action, object and outcome. */
    List<String> audit(String query) {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : Api.json(get("/api/v1/audit" + query)).path("entries")) {
            lines.add(entry.path("actor").asText() + " " + entry.path("action").asText() + " "
                    + entry.path("object").asText() + " "
                    + entry.path("outcome").asText());
        }
        return lines;
    }
}
