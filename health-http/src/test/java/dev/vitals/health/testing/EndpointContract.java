package dev.vitals.health.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    String ACTUATOR_V2 = "application/vnd.spring-boot.actuator.v2+json";
    String ACTUATOR_V1 = "application/vnd.spring-boot.actuator.v1+json";
    String SPRING_BOOT_ADMIN = ACTUATOR_V2 + ", " + ACTUATOR_V1 + ", " + JSON;

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
            + "\"componentType\":\"component\","
            + "\"observedValue\":0.000,\"observedUnit\":\"ms\",\"status\":\"fail\","
            + "\"affectedEndpoints\":[\"https://shop.example.org/stock\"],\"time\":\"2026-01-01T00:00:00.020Z\","
            + "\"output\":\"no stock feed\"}]}}";
    String PAYMENTS_DRAFT = "{\"status\":\"warn\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\","
            + "\"output\":\"slow\",\"checks\":{\"payments:responseTime\":[{\"componentId\":\"payments\","
            + "\"componentType\":\"component\","
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
                    "{\"status\":\"pass\",\"message\":\"database is"
                            + " up-to-date\",\"code\":\"OK\",\"ok\":true,\"pool\":8}"),
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
            new Row("/_ping/", "", 200, TEXT, ""),
            new Row("/_system/check/", "", 200, JSON, system()),
            new Row("/_system/check/warehouse/", "", 500, JSON, WAREHOUSE),
            new Row("/_system/check/w%61rehouse", "", 500, JSON, WAREHOUSE),
            new Row("/_health/ready/", "", 200, DRAFT, READY_DRAFT),
            new Row("/_health/re%61dy", "", 200, DRAFT, READY_DRAFT),
            new Row("/%5Fhealth/ready", "", 200, DRAFT, READY_DRAFT),
            new Row("/_health;v=1/ready;x", "", 200, DRAFT, READY_DRAFT),
            new Row("/_health/READY", "", 404, PROBLEM, notFound("no group named 'READY'")),
            new Row("/_health/ready?x=%zz&%zz", "", 200, DRAFT, READY_DRAFT),
            new Row("/_health/ready", "image/png\ntext/plain", 200, TEXT, "pass"),
            new Row("/_health", "text/plain", 503, TEXT, "fail"),
            new Row("/_health?verbose", "text/plain", 503, TEXT, VERBOSE),
            new Row("/_health?verbose", "", 503, TEXT, VERBOSE),
            new Row("/_health?verbose", "text/html, */*;q=0.8", 503, TEXT, VERBOSE),
            new Row("/_health?format=text", "", 503, TEXT, "fail"),
            new Row("/_health?format=text&verbose", JSON, 503, TEXT, VERBOSE),
            new Row("/_health/ready?verbose", JSON, 200, JSON, READY_DRAFT),
            new Row("/_system/check/payments?verbose", "", 500, TEXT, "payments warn: slow\nwarn\n"),
            new Row("/_system/check/payments?format=text", "", 500, TEXT, "warn"),
            new Row("/_system/check?verbose", "", 200, TEXT, "pass"),
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
                    "/_health/broken",
                    SPRING_BOOT_ADMIN,
                    503,
                    ACTUATOR_V2,
                    "{\"status\":\"DOWN\",\"details\":{\"warehouse\":{\"status\":\"DOWN\",\"details\":"
                            + "{\"message\":\"no stock feed\"}}}}"),
            new Row(
                    "/_health/slow",
                    ACTUATOR_V1 + ", application/json",
                    200,
                    ACTUATOR_V1,
                    "{\"status\":\"UP\",\"payments\":{\"status\":\"UP\",\"message\":\"slow\",\"p99\":\"2 s\"}}"),
            new Row("/_system/check/payments", SPRING_BOOT_ADMIN, 500, ACTUATOR_V2, "{\"status\":\"UP\"}"),
            new Row("/_system/check", SPRING_BOOT_ADMIN, 200, ACTUATOR_V2, "{\"status\":\"UP\"}"),
            new Row(
                    "/_health?format=xml",
                    "",
                    400,
                    PROBLEM,
                    "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                            + "\"detail\":\"format must be components, microprofile or text, was 'xml'\"}"));

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

    /** Sends one request to an endpoint that is like the other one, but has the page for browsers. */
    Exchange pageExchange(String method, String path, Map<String, String> headers);

    @TestFactory
    default Stream<DynamicTest> answersProgramsTheSameWithAPage() {
        return ROWS.stream()
                .filter(row -> !row.accept().startsWith("text/html"))
                .map(row -> DynamicTest.dynamicTest(title(row), () -> {
                    Exchange answer = pageExchange("GET", row.path(), accept(row));
                    assertThat(answer.body()).isEqualTo(row.body());
                    assertThat(answer.code()).isEqualTo(row.code());
                }));
    }

    /** One request of a browser, with the expected code, the title and the link to the group {@code ready}. */
    record PageRow(String path, int code, String title, String ready) {}

    /** The pages. */
    List<PageRow> PAGES = List.of(
            new PageRow("/_health", 503, "fail: orders", "_health/ready"),
            new PageRow("/_health/", 503, "fail: orders", "ready"),
            new PageRow("/_health?exclude=warehouse", 200, "warn: orders", "_health/ready"),
            new PageRow("/_health/ready", 200, "pass: orders ready", "ready"),
            new PageRow("/_health/ready/", 200, "pass: orders ready", "../ready"),
            new PageRow("/_health/broken", 503, "fail: orders broken", "ready"));

    @TestFactory
    default Stream<DynamicTest> answersBrowsersWithAPage() {
        Map<String, String> browser =
                Map.of("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        return PAGES.stream()
                .map(row -> DynamicTest.dynamicTest(row.path(), () -> {
                    Exchange page = pageExchange("GET", row.path(), browser);
                    assertThat(page.code()).isEqualTo(row.code());
                    assertThat(page.body())
                            .startsWith("<!DOCTYPE html>")
                            .endsWith("</html>\n")
                            .contains("<title>" + row.title() + "</title>", "<a href=\"" + row.ready() + "\"");
                    assertThat(page.header("Content-Type").replace(";charset", "; charset"))
                            .isEqualToIgnoringCase("text/html; charset=utf-8");
                    assertThat(page.header("Content-Security-Policy"))
                            .startsWith("default-src 'none'; style-src 'sha256-");
                    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
                    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
                    assertThat(page.header("Vary")).isEqualTo("Accept");
                    Exchange head = pageExchange("HEAD", row.path(), browser);
                    assertThat(head.body()).isEmpty();
                    assertThat(head.code()).isEqualTo(page.code());
                    assertThat(head.header("Content-Length"))
                            .isEqualTo(String.valueOf(page.body().getBytes(StandardCharsets.UTF_8).length));
                }));
    }

    @TestFactory
    default Stream<DynamicTest> knowsNoOtherPaths() {
        return Stream.of(
                        "/_HEALTH",
                        "/_Health/ready",
                        "/_healthy",
                        "/_health%2Fready",
                        "/_pin",
                        "/_system",
                        "/_health/%zz",
                        "/_system/check/w%2561rehouse")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    // Servers refuse what cannot be decoded, or have nothing there.
                    assertThat(exchange("GET", path, Map.of()).code()).isIn(400, 404);
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
                        Map.entry("/_health/ready", "no-cache"),
                        Map.entry("/_health/slow", "max-age=3"),
                        Map.entry("/_health/broken", "no-store"),
                        Map.entry("/_health/live", "no-cache"),
                        Map.entry("/_system/check/database", "max-age=9"),
                        Map.entry("/_system/check/warehouse", "no-store"))
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Exchange answer = exchange("GET", row.getKey(), Map.of());
                    assertThat(answer.header("Cache-Control")).isEqualTo(row.getValue());
                }));
    }
}
