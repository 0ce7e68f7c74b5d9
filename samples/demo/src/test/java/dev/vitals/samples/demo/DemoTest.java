package dev.vitals.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the three processes together, as a user sees them. Each test leaves them healthy. */
class DemoTest {
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final String DRAFT = "application/health+json";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String PROBLEM = "application/problem+json";
    private static final String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";

    @TempDir
    static Path directory;

    private static RunningDemo demo;

    @BeforeAll
    static void start() throws Exception {
        demo = RunningDemo.start(directory);
    }

    @AfterAll
    static void quitsInOrderAndLeavesNoProcess() throws Exception {
        try (RunningDemo ending = demo) {
            List<ProcessHandle> apps = ending.apps();
            ending.type("quit");
            assertThat(ending.exitCode()).isZero();
            assertThat(ending.linesToTheEnd()).endsWith("stopped");
            assertThat(apps).hasSize(3).noneMatch(ProcessHandle::isAlive);
        }
    }

    private record Row(App app, String method, String path, String accept, int code, String type, String body) {}

    static Stream<Row> rows() {
        return Map.of(App.ORDERS, "backlog", App.INVENTORY, "shelf").entrySet().stream()
                .flatMap(app -> rows(app.getKey(), app.getValue()));
    }

    private static Stream<Row> rows(App app, String check) {
        String system = "{\"status\":\"pass\",\"message\":\"API running\",\"code\":\"OK\",\"ok\":true}";
        return Stream.of(
                new Row(app, "GET", "/_ping", "*/*", 200, TEXT, ""),
                new Row(app, "GET", "/_system/check", "*/*", 200, JSON, system),
                new Row(app, "GET", "/_system/check/" + check, "*/*", 200, JSON, "\"code\":\"OK\",\"ok\":true"),
                new Row(app, "GET", "/_system/check/" + check, DRAFT, 200, DRAFT, check + ":responseTime"),
                new Row(app, "GET", "/_system/check/nobody", "*/*", 404, PROBLEM, "no check named 'nobody'"),
                new Row(app, "GET", "/_health", "*/*", 200, DRAFT, check + ":responseTime"),
                new Row(app, "GET", "/_health", JSON, 200, JSON, "\"serviceId\":\"" + app.word() + "\""),
                new Row(app, "GET", "/_health", ACTUATOR, 200, ACTUATOR, "\"status\":\"UP\""),
                new Row(app, "GET", "/_health", "text/plain", 200, TEXT, "pass"),
                new Row(app, "GET", "/_health?verbose", "text/plain", 200, TEXT, check + " pass\n"),
                new Row(app, "GET", "/_health?format=components", "*/*", 200, JSON, "\"" + check + "\":{\"msg\""),
                new Row(app, "GET", "/_health?format=microprofile", "*/*", 200, JSON, "\"status\":\"UP\""),
                new Row(app, "GET", "/_health/ready", "*/*", 200, DRAFT, "\"status\":\"pass\""),
                new Row(app, "GET", "/_health/live", "text/plain", 200, TEXT, "pass"),
                new Row(app, "GET", "/_health/nobody", "*/*", 404, PROBLEM, "no group named 'nobody'"),
                new Row(app, "HEAD", "/_health", "*/*", 200, DRAFT, ""),
                new Row(app, "POST", "/_health", "*/*", 405, PROBLEM, "\"status\":405"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersOnEveryPathOfTheTable(Row row) {
        Http.Answer answer = Http.send(row.method(), demo.uri(row.app()).resolve(row.path()), row.accept(), "");

        assertThat(answer.code()).isEqualTo(row.code());
        assertThat(answer.type()).isEqualTo(row.type());
        assertThat(answer.body()).contains(row.body());
    }

    @Test
    void takesOrdersAndReservesStock() {
        int before = get(App.INVENTORY, "/stock/cup").json().path("left").asInt();

        assertThat(post(App.ORDERS, "/orders", "item=cup&quantity=3").code()).isEqualTo(201);
        assertThat(get(App.INVENTORY, "/stock/cup").json().path("left").asInt()).isEqualTo(before - 3);
        assertThat(get(App.ORDERS, "/orders").json().path(0).path("item").asText())
                .isEqualTo("cup");
        assertThat(post(App.ORDERS, "/orders", "item=gold&quantity=3").code()).isEqualTo(400);
        assertThat(post(App.ORDERS, "/orders", "item=cup&quantity=-3").code()).isEqualTo(400);
        assertThat(post(App.ORDERS, "/orders", "item=cup&quantity=999").code()).isEqualTo(409);
    }

    @Test
    void warnsOfABacklogUntilItIsShipped() throws Exception {
        for (int i = 0; i < 11; i++) {
            post(App.ORDERS, "/orders", "item=tea&quantity=1");
        }
        await(
                "a warning",
                () -> get(App.ORDERS, "/_system/check/backlog").body().contains("\"code\":\"WARNING\""));
        assertThat(get(App.ORDERS, "/_health").json().path("status").asText()).isEqualTo("warn");

        post(App.ORDERS, "/orders/ship", "");
        awaitHealth(App.ORDERS, 200, "pass");
    }

    @Test
    void breaksAndMendsTheShelf() throws Exception {
        post(App.INVENTORY, "/admin/break?as=warning", "");
        awaitHealth(App.INVENTORY, 200, "warn");
        post(App.INVENTORY, "/admin/break", "");
        awaitHealth(App.INVENTORY, 503, "fail");
        assertThat(get(App.INVENTORY, "/_system/check/shelf").code()).isEqualTo(500);

        post(App.INVENTORY, "/admin/mend", "");
        awaitHealth(App.INVENTORY, 200, "pass");
    }

    @Test
    void messagesAreShownAndNotSent() throws Exception {
        post(App.INVENTORY, "/admin/break", "");
        await("a message", () -> get(App.MONITOR, "/api/v1/messages").body().contains("not sent, test mode"));
        assertThat(get(App.MONITOR, "/api/v1/incidents").body()).contains("\"subject\":\"inventory/");
        post(App.INVENTORY, "/admin/mend", "");
        awaitState("inventory", "HEALTHY");
    }

    @Test
    void doesNotListAnAppThatWasStoppedInOrder() throws Exception {
        demo.type("stop orders");
        await("orders to be gone", () -> targets("orders").isEmpty());

        demo.type("start orders");
        await("orders to be back", () -> !targets("orders").isEmpty());
        awaitState("orders", "HEALTHY");
    }

    @Test
    void reportsAnAppThatEndedUnexpectedly() throws Exception {
        demo.app(App.INVENTORY).destroyForcibly();
        await("a line", () -> demo.says("inventory has ended with exit code 137"));

        demo.type("start inventory");
        await("inventory to be back", () -> answers(App.INVENTORY));
        awaitHealth(App.INVENTORY, 200, "pass");
    }

    @Test
    void answersUnknownCommandsWithHelp() throws Exception {
        demo.type("  ");
        demo.type("frobnicate");
        await("an answer", () -> demo.says("unknown command 'frobnicate'; commands are status,"));
        demo.type("kill everything");
        await("an answer", () -> demo.says("kill needs one of monitor, orders, inventory, was 'everything'"));
        demo.type("start orders");
        await("an answer", () -> demo.says("orders is running already"));
        demo.type("status");
        await("a table", () -> demo.says("monitor    pid "));
    }

    @Test
    void showsACrashAndKeepsItsDataAcrossACrashOfTheMonitor() throws Exception {
        awaitState("inventory", "HEALTHY");
        awaitState("orders", "HEALTHY");

        demo.type("kill inventory");
        await(
                "orders to miss it",
                () -> get(App.ORDERS, "/_system/check/inventory").code() == 500);
        awaitState("inventory", "UNHEALTHY");
        awaitState("orders", "DEGRADED");
        assertThat(get(App.ORDERS, "/_health").json().path("status").asText()).isEqualTo("warn");
        JsonNode before = target("inventory");

        demo.type("kill monitor");
        await("the monitor to be gone", () -> demo.apps().size() == 1);
        demo.type("start monitor");
        await("the monitor to be back", () -> demo.apps().size() == 2 && answers(App.MONITOR));
        assertThat(target("inventory").path("state")).isEqualTo(before.path("state"));
        assertThat(target("inventory").path("since")).isEqualTo(before.path("since"));
        assertThat(target("inventory").path("registeredAt")).isEqualTo(before.path("registeredAt"));
        assertThat(target("orders").path("state").asText()).isEqualTo("DEGRADED");

        demo.type("start inventory");
        awaitState("inventory", "HEALTHY");
        awaitState("orders", "HEALTHY");
        assertThat(get(App.ORDERS, "/_system/check/inventory").code()).isEqualTo(200);
        assertThat(lastStates("inventory", 3)).containsExactly("DEGRADED", "UNHEALTHY", "HEALTHY");
    }

    private static Http.Answer get(App app, String path) {
        return Http.get(demo.uri(app).resolve(path));
    }

    private static Http.Answer post(App app, String path, String form) {
        return Http.send("POST", demo.uri(app).resolve(path), "*/*", form);
    }

    private static JsonNode target(String app) {
        JsonNode targets = targets(app);
        assertThat(targets).hasSize(1);
        return targets.path(0);
    }

    private static JsonNode targets(String app) {
        return get(App.MONITOR, "/api/v1/targets?app=" + app).json().path("targets");
    }

    // Oldest first.
    private static List<String> lastStates(String app, int count) {
        String path =
                "/api/v1/targets/" + app + "/" + target(app).path("instance").asText();
        JsonNode changes = get(App.MONITOR, path).json().path("changes");
        return StreamSupport.stream(changes.spliterator(), false)
                .sorted((one, other) ->
                        one.path("at").asText().compareTo(other.path("at").asText()))
                .skip(changes.size() - count)
                .map(change -> change.path("to").asText())
                .toList();
    }

    private static boolean answers(App app) {
        try {
            return get(app, "/_ping").code() == 200;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    private static void awaitHealth(App app, int code, String status) throws InterruptedException {
        await(app.word() + " to answer " + status, () -> {
            Http.Answer answer = get(app, "/_health");
            return answer.code() == code
                    && answer.json().path("status").asText().equals(status);
        });
    }

    private static void awaitState(String app, String state) throws InterruptedException {
        await(app + " to be " + state, () -> target(app).path("state").asText().equals(state));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        assertThat(Await.until(BOUND, condition)).as(what).isTrue();
    }
}
