package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registration API over real HTTP. */
class RegistrationApiTest {
    private static final String URL = "\"url\":\"http://127.0.0.1:1\"";

    @TempDir
    static Path data;

    private static TestMonitor monitor;

    @BeforeAll
    static void start() {
        monitor = new TestMonitor(data);
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @AfterEach
    void empty() {
        for (String id : List.of("orders/m1", "orders/m2", "inventory/m1")) {
            assertThat(monitor.api.delete(id).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void answersTheRegistrationInForceWithItsDefaults() {
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", "{" + URL + "}");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/targets/orders/m1");
        assertThat(Api.text(answer))
                .isEqualTo("{\"app\":\"orders\",\"instance\":\"m1\"," + URL + ",\"healthPath\":\"/_health\","
                        + "\"interval\":30,\"timeout\":5,\"unhealthy\":2,\"healthy\":10,"
                        + "\"notify\":[],\"labels\":{},\"lease\":90}");
    }

    @Test
    void acceptsEveryFieldAndIsIdempotent() {
        String document = "{" + URL + ",\"healthPath\":\"/up?deep=1\",\"interval\":7.5,\"timeout\":2.25,"
                + "\"unhealthy\":3,\"healthy\":4,\"notify\":[\"ops@example.org\"],"
                + "\"labels\":{\"machine\":\"m1\"},\"lease\":0}";
        HttpResponse<byte[]> first = monitor.api.put("orders/m1", document);
        HttpResponse<byte[]> second = monitor.api.put("orders/m1", document);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Api.text(second)).contains(document.substring(1));
        JsonNode target = monitor.api.target("orders/m1");
        assertThat(target.path("healthUrl").asText()).isEqualTo("http://127.0.0.1:1/up?...");
        assertThat(target.has("leaseUntil")).isFalse();
        assertThat(target.path("state").asText()).isEqualTo("UNKNOWN");
        assertThat(target.path("status").asText()).isEqualTo("fail");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "url | null",
                "url | 7",
                "url | \"ftp://host/\"",
                "url | \"http://\"",
                "url | \"/relative\"",
                "url | \"http://user:secret@host/\"",
                "url | \"http://host/?q\"",
                "url | \"http://host/#f\"",
                "url | \"http://host:70000/\"",
                "url | \"http://a b/\"",
                "healthPath | \"health\"",
                "healthPath | \"/a b\"",
                "healthPath | \"/a#b\"",
                "healthPath | 1",
                "interval | 4.999",
                "interval | 300.001",
                "interval | \"30\"",
                "interval | -1e300",
                "interval | 1e300",
                "timeout | 1.999",
                "timeout | 60.001",
                "timeout | true",
                "timeout | 30",
                "unhealthy | 1",
                "unhealthy | 11",
                "unhealthy | 2.5",
                "unhealthy | 99999999999",
                "healthy | 1",
                "healthy | 11",
                "healthy | \"3\"",
                "notify | \"ops@example.org\"",
                "notify | [7]",
                "notify | [\"nobody\"]",
                "notify | [\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\",\"a@b\"]",
                "labels | []",
                "labels.machine | {\"machine\":7}",
                "labels.machine | {\"machine\":\"\"}",
                "labels.m m | {\"m m\":\"a\"}",
                "lease | -1",
                "lease | 29.9",
                "lease | 86400.1",
                "lease | \"never\"",
                "intervall | 30"
            })
    void refusesAFieldOutOfItsBoundsAndStoresNothing(String field, String value) {
        String name = field.startsWith("labels") ? "labels" : field;
        String document =
                name.equals("url") ? "{\"url\":" + value + "}" : "{" + URL + ",\"" + name + "\":" + value + "}";
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", document);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode errors = Api.json(answer).path("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).path("field").asText()).isEqualTo(field);
        assertThat(errors.get(0).has("value")).isTrue();
        assertThat(errors.get(0).path("bound").asText()).isNotBlank();
        assertThat(monitor.api.get("/api/v1/targets/orders/m1").statusCode()).isEqualTo(404);
    }

    @Test
    void namesAllFieldsAtOnceWithValueAndBound() {
        HttpResponse<byte[]> answer = monitor.api.put(
                "orders/m1", "{\"colour\":\"red\",\"lease\":1,\"interval\":4,\"timeout\":\"soon\",\"healthy\":0}");
        JsonNode problem = Api.json(answer);
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isEqualTo("Bad Request");
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("instance").asText()).isEqualTo("/api/v1/instances/orders/m1");
        List<String> fields = new ArrayList<>();
        problem.path("errors").forEach(error -> fields.add(error.path("field").asText()));
        assertThat(fields).containsExactly("url", "interval", "timeout", "healthy", "lease", "colour");
        assertThat(problem.path("errors").get(1).toString())
                .isEqualTo("{\"field\":\"interval\",\"value\":4,\"bound\":\"a number of seconds from 5 to 300\"}");
    }

    @Test
    void aRefusedRenewalLeavesTheOldRegistrationInForce() {
        monitor.api.register("orders/m1", "{" + URL + ",\"interval\":60}");
        assertThat(monitor.api
                        .put("orders/m1", "{" + URL + ",\"interval\":6000}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(monitor.api.target("orders/m1").path("interval").asInt()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"url\":", "{\"url\":\"a\",\"url\":\"b\"}", "", "{} x", "{\"url\": nope}"})
    void refusesMalformedJson(String document) {
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", document);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("detail").asText()).startsWith("the body ");
    }

    @Test
    void namesLineAndColumnOfMalformedJson() {
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", "{\n  \"url\": nope\n}");
        assertThat(Api.json(answer).path("detail").asText()).contains("line 2").contains("column 10");
    }

    @Test
    void refusesABodyThatIsTooLong() {
        String document = "{" + URL + ",\"labels\":{\"a\":\"" + "x".repeat(64 * 1024) + "\"}}";
        assertThat(monitor.api.put("orders/m1", document).statusCode()).isEqualTo(413);
    }

    @Test
    void refusesInvalidNames() {
        HttpResponse<byte[]> answer = monitor.api.put("or%20ders/m%3a1", "{" + URL + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors")).hasSize(2);
        for (String dots : List.of("orders/%2e%2e", "orders/%2e")) {
            assertThat(monitor.api.put(dots, "{" + URL + "}").statusCode()).isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "Bearer wrong", "Basic abc", "Bearer "})
    void needsTheToken(String authorization) {
        for (String method : List.of("PUT", "DELETE")) {
            HttpRequest.Builder request = monitor.api
                    .request("/api/v1/instances/orders/m1")
                    .method(method, HttpRequest.BodyPublishers.ofString("{" + URL + "}"));
            if (!authorization.equals("none")) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> answer = monitor.api.send(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
            assertThat(Api.json(answer).path("status").asInt()).isEqualTo(401);
        }
        assertThat(monitor.api.get("/api/v1/targets/orders/m1").statusCode()).isEqualTo(404);
    }

    @Test
    void deregistersAtOnceAndIsIdempotent() {
        monitor.api.register("orders/m1", "{" + URL + "}");
        assertThat(monitor.api.delete("orders/m1").statusCode()).isEqualTo(204);
        assertThat(monitor.api.get("/api/v1/targets/orders/m1").statusCode()).isEqualTo(404);
        assertThat(monitor.api.delete("orders/m1").statusCode()).isEqualTo(204);
    }

    @Test
    void listsAndFilters() {
        monitor.api.register("orders/m2", "{" + URL + "}");
        monitor.api.register("orders/m1", "{" + URL + "}");
        monitor.api.register("inventory/m1", "{" + URL + "}");
        assertThat(names("/api/v1/targets")).containsExactly("inventory/m1", "orders/m1", "orders/m2");
        assertThat(names("/api/v1/targets?app=orders")).containsExactly("orders/m1", "orders/m2");
        assertThat(names("/api/v1/targets?app=nobody")).isEmpty();
        assertThat(names("/api/v1/targets?state=unknown")).hasSize(3);
        assertThat(names("/api/v1/targets?state=HEALTHY")).isEmpty();
        assertThat(monitor.api.get("/api/v1/targets?state=sick").statusCode()).isEqualTo(400);
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        Api.json(monitor.api.get(path))
                .path("targets")
                .forEach(target -> names.add(target.path("app").asText() + "/"
                        + target.path("instance").asText()));
        return names;
    }

    @Test
    void refusesOtherMethodsAndPathsAsProblems() {
        HttpResponse<byte[]> post =
                monitor.api.send(monitor.api.request("/api/v1/targets").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(Api.json(post).path("title").asText()).isEqualTo("Method Not Allowed");
        HttpResponse<byte[]> get = monitor.api.get("/api/v1/instances/orders/m1");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("DELETE, PUT");
        HttpResponse<byte[]> nothing = monitor.api.get("/api/v2");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
