package dev.vitals.health.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The answers that every server must give for the checks of {@link ContractHealth}. The test class of an adapter
 * implements {@link #exchange} and inherits the tests.
 */
public interface EndpointContract {
    String DRAFT = "application/health+json";
    String JSON = "application/json";
    String TEXT = "text/plain; charset=utf-8";
    String PROBLEM = "application/problem+json";
    String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";

    /** Sends one request and returns the answer. */
    Exchange exchange(String method, String path, Map<String, String> headers);

    /** One request and its expected answer; an empty accept sends no such header. */
    record Row(String path, String accept, int code, String contentType, String body) {}

    String WAREHOUSE = "{\"status\":\"fail\",\"message\":\"no stock feed\",\"code\":\"ERROR\",\"error\":true}";
    String READY_DRAFT = "{\"status\":\"pass\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\",\"checks\":{"
            + "\"database:responseTime\":[{\"componentId\":\"database\",\"componentType\":\"datastore\","
            + "\"observedValue\":0.000,\"observedUnit\":\"ms\",\"status\":\"pass\",\"time\":\"2026-01-01T00:00:00Z\","
            + "\"pool\":8,\"code\":\"must not overwrite\"}]}}";
    String BROKEN_DRAFT = "{\"status\":\"fail\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\","
            + "\"output\":\"warehouse fail\",\"checks\":{\"warehouse:responseTime\":[{\"componentId\":\"warehouse\","
            + "\"observedValue\":0.000,\"observedUnit\":\"ms\",\"status\":\"fail\","
            + "\"affectedEndpoints\":[\"https://shop.example.org/stock\"],\"time\":\"2026-01-01T00:00:00.020Z\","
            + "\"output\":\"no stock feed\"}]}}";
    String PAYMENTS_DRAFT = "{\"status\":\"warn\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\","
            + "\"output\":\"slow\",\"checks\":{\"payments:responseTime\":[{\"componentId\":\"payments\","
            + "\"observedValue\":0.000,\"observedUnit\":\"ms\",\"status\":\"warn\","
            + "\"time\":\"2026-01-01T00:00:00.010Z\",\"output\":\"slow\",\"p99\":\"2 s\"}]}}";
    String COMPONENTS = "{\"database\":{\"msg\":\"database is up-to-date\",\"success\":true},"
            + "\"payments\":{\"msg\":\"slow\",\"success\":true},"
            + "\"warehouse\":{\"msg\":\"no stock feed\",\"success\":false},"
            + "\"fine\":{\"msg\":\"pass\",\"success\":true}}";
    String VERBOSE = "database pass\npayments warn: slow\nwarehouse fail: no stock feed\nfine pass\nfail\n";

    /** The table. */
    List<Row> ROWS = List.of(
            new Row("/_ping", "", 200, TEXT, ""),
            new Row("/_ping", DRAFT, 200, TEXT, ""),
            new Row("/_system/check", "", 200, JSON, system()),
            new Row("/_system/check", "*/*", 200, JSON, system()),
            new Row("/_system/check", "image/png", 200, JSON, system()),
            new Row(
                    "/_system/check",
                    DRAFT,
                    200,
                    DRAFT,
                    "{\"status\":\"pass\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\"}"),
            new Row("/_system/check", "text/plain", 200, TEXT, "pass"),
            new Row(
                    "/_system/check/database",
                    "",
                    200,
                    JSON,
                    "{\"status\":\"pass\",\"message\":\"database is up-to-date\",\"code\":\"OK\",\"ok\":true,\"pool\":8}"),
            new Row(
                    "/_system/check/payments",
                    "",
                    500,
                    JSON,
                    "{\"status\":\"warn\",\"message\":\"slow\",\"code\":\"WARNING\",\"error\":true,\"p99\":\"2 s\"}"),
            new Row("/_system/check/payments", DRAFT, 200, DRAFT, PAYMENTS_DRAFT),
            new Row("/_system/check/payments", "text/plain", 500, TEXT, "warn"),
            new Row("/_system/check/warehouse", "", 500, JSON, WAREHOUSE),
            new Row(
                    "/_system/check/warehouse",
                    DRAFT,
                    500,
                    DRAFT,
                    BROKEN_DRAFT.replace("warehouse fail", "no stock feed")),
            new Row("/_system/check/fine", "", 200, JSON, "{\"status\":\"pass\",\"code\":\"OK\",\"ok\":true}"),
            new Row("/_system/check/nobody", "", 404, PROBLEM, notFound("no check named 'nobody'")),
            new Row("/_health/ready", "", 200, DRAFT, READY_DRAFT),
            new Row("/_health/ready", JSON, 200, JSON, READY_DRAFT),
            new Row("/_health/ready", "text/html, application/json;q=0.9, */*;q=0.1", 200, JSON, READY_DRAFT),
            new Row("/_health/ready", "application/json;q=0.1, text/plain", 200, TEXT, "pass"),
            new Row("/_health/ready", "application/json;q=0", 200, DRAFT, READY_DRAFT),
            new Row("/_health/live", "text/plain", 200, TEXT, "pass"),
            new Row("/_health/startup", "text/plain", 200, TEXT, "pass"),
            new Row("/_health/slow", "text/plain", 200, TEXT, "warn"),
            new Row("/_health/broken", "", 503, DRAFT, BROKEN_DRAFT),
            new Row("/_health/nobody", "", 404, PROBLEM, notFound("no group named 'nobody'")),
            new Row("/_health/a/b", "", 404, PROBLEM, notFound("no group named 'a/b'")),
            new Row("/_health", "text/plain", 503, TEXT, "fail"),
            new Row("/_health?verbose", "text/plain", 503, TEXT, VERBOSE),
            new Row("/_health?exclude=warehouse", "text/plain", 200, TEXT, "warn"),
            new Row("/_health?exclude=warehouse&exclude=payments", "text/plain", 200, TEXT, "pass"),
            new Row("/_health?format=components", "", 503, JSON, COMPONENTS),
            new Row(
                    "/_health/ready?format=microprofile",
                    "",
                    200,
                    JSON,
                    "{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\",\"data\":"
                            + "{\"message\":\"database is up-to-date\",\"pool\":8,\"code\":\"must not overwrite\"}}]}"),
            new Row(
                    "/_health/broken",
                    ACTUATOR,
                    503,
                    ACTUATOR,
                    "{\"status\":\"DOWN\",\"components\":{\"warehouse\":{\"status\":\"DOWN\",\"details\":"
                            + "{\"message\":\"no stock feed\"}}}}"),
            new Row(
                    "/_health?format=xml",
                    "",
                    400,
                    PROBLEM,
                    "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                            + "\"detail\":\"format must be components or microprofile, was 'xml'\"}"));

    private static String system() {
        return "{\"status\":\"pass\",\"message\":\"API running\",\"code\":\"OK\",\"ok\":true}";
    }

    private static String notFound(String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"" + detail + "\"}";
    }

    private static Map<String, String> accept(Row row) {
        return row.accept().isEmpty() ? Map.of() : Map.of("Accept", row.accept());
    }

    private static String title(Row row) {
        return row.path() + (row.accept().isEmpty() ? "" : " as " + row.accept());
    }

    @TestFactory
    default Stream<DynamicTest> answersAsTheTableSays() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(title(row), () -> {
                    Exchange answer = exchange("GET", row.path(), accept(row));
                    assertThat(answer.body()).isEqualTo(row.body());
                    assertThat(answer.code()).isEqualTo(row.code());
                    assertThat(answer.header("Content-Type").replace(";charset", "; charset"))
                            .isEqualToIgnoringCase(row.contentType());
                    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                    assertThat(answer.header("Cache-Control")).isNotEmpty();
                }));
    }

    @TestFactory
    default Stream<DynamicTest> answersHeadLikeGetWithoutTheBody() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(title(row), () -> {
                    Exchange get = exchange("GET", row.path(), accept(row));
                    Exchange head = exchange("HEAD", row.path(), accept(row));
                    assertThat(head.body()).isEmpty();
                    assertThat(head.code()).isEqualTo(get.code());
                    get.headers().remove("date");
                    head.headers().remove("date");
                    assertThat(head.headers()).isEqualTo(get.headers());
                    assertThat(head.header("Content-Length"))
                            .isEqualTo(String.valueOf(get.body().length()));
                }));
    }

    @TestFactory
    default Stream<DynamicTest> refusesOtherMethods() {
        return Stream.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .map(method -> DynamicTest.dynamicTest(method, () -> {
                    Exchange answer = exchange(method, "/_health", Map.of());
                    assertThat(answer.code()).isEqualTo(405);
                    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
                    assertThat(answer.header("Content-Type")).startsWith(PROBLEM);
                }));
    }

    @TestFactory
    default Stream<DynamicTest> answers304ToAMatchingEtag() {
        return Stream.of("/_health/ready", "/_system/check", "/_system/check/database")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    String etag = exchange("GET", path, Map.of()).header("ETag");
                    Exchange answer = exchange("GET", path, Map.of("If-None-Match", "W/\"other\", " + etag));
                    assertThat(answer.code()).isEqualTo(304);
                    assertThat(answer.body()).isEmpty();
                    assertThat(answer.header("ETag")).isEqualTo(etag);
                    assertThat(exchange("GET", path, Map.of("If-None-Match", "\"other\""))
                                    .code())
                            .isEqualTo(200);
                }));
    }

    @TestFactory
    default Stream<DynamicTest> setsCacheControl() {
        return Stream.of(
                        Map.entry("/_ping", "no-cache"),
                        Map.entry("/_system/check", "no-cache"),
                        Map.entry("/_health/ready", "max-age=21"),
                        Map.entry("/_health/slow", "max-age=21"),
                        Map.entry("/_health/broken", "no-store"),
                        Map.entry("/_health/live", "no-cache"),
                        Map.entry("/_system/check/database", "max-age=21"),
                        Map.entry("/_system/check/warehouse", "no-store"))
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Exchange answer = exchange("GET", row.getKey(), Map.of());
                    assertThat(answer.header("Cache-Control")).isEqualTo(row.getValue());
                }));
    }
}
