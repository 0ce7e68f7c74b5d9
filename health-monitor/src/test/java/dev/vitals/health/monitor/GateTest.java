package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Gates, decided by polls of real servers. */
class GateTest extends GateScene {
    @Test
    void opensAfterFreshPasses() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":1800,\"passes\":2,\"by\":\"ci\",\"reason\":\"deploy 42\"}");
        JsonNode waiting = gate(id);
        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        assertThat(waiting.path("failing").path(0).path("name").asText()).isEqualTo("orders/m1");
        assertThat(waiting.path("failing").path(0).path("why").asText()).startsWith("not polled since 2026-01-01T");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);

        monitor.advance(Duration.ofSeconds(2));
        assertThat(gate(id).path("failing").path(0).path("why").asText()).isEqualTo("1 of 2 passes");
        assertThat(follower).isNotDone();

        monitor.advance(INTERVAL);
        JsonNode open = Api.json(follower.join());
        assertThat(open).isEqualTo(gate(id));
        assertThat(open.path("state").asText()).isEqualTo("open");
        assertThat(open.path("failing")).isEmpty();
        assertThat(Instant.parse(open.path("asOf").asText())).isBeforeOrEqualTo(time.instant());
        assertThat(open.has("nextTry")).isFalse();
        assertThat(open.path("by").asText()).isEqualTo("ci");
        assertThat(events(id)).startsWith("created", "tried").endsWith("open");

        app.reports(503, FAIL);
        monitor.advance(INTERVAL.multipliedBy(3));
        assertThat(gate(id)).as("final").isEqualTo(open);
    }

    @Test
    void waitsUntilAFailureIsOver() {
        registerHealthy("orders/m1", "m1");
        app.reports(503, FAIL);
        String id = create("{\"service\":\"orders\",\"deadline\":3600}");
        monitor.advance(Duration.ofSeconds(45));
        JsonNode waiting = gate(id);
        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        JsonNode failing = waiting.path("failing").path(0);
        assertThat(failing.path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(failing.path("why").asText()).isEqualTo("no db");
        assertThat(failing.path("passes").asInt()).isZero();
        assertThat(failing.has("lastResult")).isTrue();
        assertThat(waiting.has("nextTry")).isTrue();

        app.reports(200, PASS);
        monitor.advance(INTERVAL);
        assertThat(state(id)).as("one pass, UNHEALTHY still").isEqualTo("waiting");
        assertThat(gate(id).path("failing").path(0).path("why").asText()).startsWith("passes, but is");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        monitor.advance(INTERVAL);
        assertThat(Api.json(follower.join()).path("state").asText()).isEqualTo("open");
        assertThat(events(id)).containsSubsequence("created", "waiting", "open");
    }

    @Test
    void failingTargetsArePolledAgainAtEachTry() {
        monitor.api.register("orders/m1", "{\"url\":\"" + app.url() + "\",\"interval\":300,\"lease\":0}");
        monitor.advance(Duration.ofSeconds(2));
        app.reports(503, FAIL);
        int before = app.requests();
        String id = create("{\"service\":\"orders\",\"deadline\":3600,\"retry\":10}");
        monitor.advance(Duration.ofSeconds(31));
        assertThat(app.requests() - before).isBetween(3, 5);
        app.reports(200, "{\"status\":\"pass\"}");
        monitor.advance(Duration.ofSeconds(110));
        assertThat(state(id)).isEqualTo("open");
        int polls = app.requests();
        monitor.advance(Duration.ofSeconds(60));
        assertThat(app.requests() - polls).as("no tries after it").isLessThanOrEqualTo(1);
    }

    @Test
    void closesAtTheDeadline() {
        registerHealthy("orders/m1", "m1");
        app.reports(503, FAIL);
        String id = create("{\"selector\":{\"environment\":\"prod\"},\"deadline\":90}");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        monitor.advance(Duration.ofSeconds(45));
        assertThat(state(id)).isEqualTo("waiting");
        JsonNode closing = gate(id);
        // The call gives up after a minute and is answered as it stands.
        monitor.advance(Duration.ofSeconds(16));
        assertThat(Api.json(follower.join()).path("state").asText()).isEqualTo("waiting");
        follower = follow(id);
        monitor.advance(Duration.ofSeconds(30));
        JsonNode closed = Api.json(follower.join());
        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(closed.path("asOf").asText())
                .isEqualTo(closing.path("closesAt").asText());
        assertThat(closed.path("failing").path(0).path("state").asText()).isEqualTo("UNHEALTHY");
        app.reports(200, PASS);
        monitor.advance(INTERVAL.multipliedBy(3));
        assertThat(state(id)).isEqualTo("closed");
    }

    @Test
    void opensOnlyWithinItsWindowAndClosesAtItsEnd() {
        registerHealthy("orders/m1", "m1");
        Instant from = time.instant().plusSeconds(60);
        String window = Api.json(monitor.api.post(
                        "/api/v1/maintenance",
                        "{\"name\":\"patches\",\"host\":\"m1\",\"from\":\"" + from + "\",\"to\":\""
                                + from.plusSeconds(120) + "\"}"))
                .path("id")
                .asText();
        String early = create("{\"host\":\"m1\",\"window\":\"" + window + "\"}");
        monitor.advance(Duration.ofSeconds(30));
        assertThat(state(early)).isEqualTo("waiting");
        assertThat(gate(early).path("failingCount").asInt())
                .as("only the window is missing")
                .isZero();
        monitor.advance(Duration.ofSeconds(31));
        assertThat(state(early)).isEqualTo("open");

        app.reports(503, FAIL);
        String late = create("{\"host\":\"m1\",\"window\":\"" + window + "\",\"retry\":10}");
        monitor.advance(Duration.ofSeconds(100));
        assertThat(state(late)).isEqualTo("waiting");
        monitor.advance(Duration.ofSeconds(20));
        JsonNode closed = gate(late);
        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(Instant.parse(closed.path("asOf").asText())).isEqualTo(from.plusSeconds(120));
    }

    @Test
    void closesWhenItsWindowIsRemoved() {
        registerHealthy("orders/m1", "m1");
        app.reports(503, FAIL);
        String window = Api.json(monitor.api.post(
                        "/api/v1/maintenance",
                        "{\"host\":\"m1\",\"to\":\"" + time.instant().plusSeconds(600) + "\"}"))
                .path("id")
                .asText();
        String id = create("{\"host\":\"m1\",\"window\":\"" + window + "\"}");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        assertThat(monitor.api
                        .send(monitor.api
                                .authorized("/api/v1/maintenance/" + window)
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Api.json(follower.join()).path("state").asText()).isEqualTo("closed");
        assertThat(state(id)).isEqualTo("closed");
    }

    @Test
    void aPollThatBeganBeforeDoesNotCount() {
        registerHealthy("orders/m1", "m1");
        Instant after = time.instant().plusSeconds(50);
        String id = create("{\"host\":\"m1\",\"deadline\":600,\"after\":\"" + after + "\"}");
        monitor.advance(Duration.ofSeconds(50));
        assertThat(state(id)).isEqualTo("waiting");
        assertThat(gate(id).path("failing").path(0).path("why").asText()).startsWith("not polled since");
        monitor.advance(INTERVAL);
        assertThat(state(id)).isEqualTo("open");
    }

    @Test
    void aPollInProgressDoesNotCount() {
        CountDownLatch answer = new CountDownLatch(1);
        app.reportsWhen(answer, PASS);
        register("orders/m1", "m1");
        monitor.time.advance(Duration.ofSeconds(1));
        Await.until("a poll is in progress", () -> app.requests() == 1);
        String id = create("{\"host\":\"m1\",\"deadline\":600}");
        assertThat(gate(id).path("failing").path(0).path("why").asText()).isEqualTo("no result yet");
        answer.countDown();
        monitor.settle();
        assertThat(monitor.api.state("orders/m1")).isEqualTo("HEALTHY");
        assertThat(gate(id).path("failing").path(0).path("why").asText()).startsWith("not polled since");
        assertThat(state(id)).isEqualTo("waiting");
        monitor.advance(INTERVAL);
        assertThat(state(id)).isEqualTo("open");
    }

    @Test
    void anEarlierPassCountsOnRequest() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":600,\"after\":\"2025-12-31T23:59:59Z\"}");
        assertThat(state(id)).isEqualTo("open");
    }

    @Test
    void waitsForARelease() {
        app.reports(200, "{\"status\":\"pass\",\"releaseId\":\"1.4.1\"}");
        registerHealthy("orders/m1", "m1");
        String id = create("{\"service\":\"orders\",\"deadline\":600,\"release\":\"1.4.2\",\"passes\":2}");
        monitor.advance(INTERVAL);
        assertThat(gate(id).path("failing").path(0).path("why").asText()).contains("1.4.1", "1.4.2");
        app.reports(200, PASS);
        monitor.advance(INTERVAL);
        assertThat(state(id)).as("without a release").isEqualTo("waiting");
        app.reports(200, "{\"status\":\"pass\",\"releaseId\":\"1.4.2\"}");
        monitor.advance(INTERVAL);
        assertThat(gate(id).path("failing").path(0).path("why").asText()).isEqualTo("1 of 2 passes");
        assertThat(monitor.api
                        .target("orders/m1")
                        .path("lastResult")
                        .path("releaseId")
                        .asText())
                .isEqualTo("1.4.2");
        monitor.advance(INTERVAL);
        assertThat(state(id)).isEqualTo("open");
        assertThat(state(create("{\"service\":\"orders\",\"deadline\":600,\"release\":\"1.4.2\"}")))
                .as("that release has passed already")
                .isEqualTo("open");
    }

    @Test
    void degradedIsAcceptedOnRequest() {
        registerHealthy("orders/m1", "m1");
        app.reports(200, "{\"status\":\"warn\",\"output\":\"slow\"}");
        String strict = create("{\"host\":\"m1\",\"deadline\":600}");
        String lenient = create("{\"host\":\"m1\",\"deadline\":600,\"allowDegraded\":true}");
        monitor.advance(INTERVAL);
        assertThat(state(lenient)).isEqualTo("open");
        JsonNode failing = gate(strict).path("failing").path(0);
        assertThat(failing.path("state").asText()).isEqualTo("DEGRADED");
        assertThat(failing.path("why").asText()).isEqualTo("slow");
    }

    @Test
    void aTargetThatAppearsMustPassToo() throws IOException {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"service\":\"orders\",\"deadline\":600,\"passes\":3}");
        try (FakeApp sick = new FakeApp()) {
            sick.reports(503, FAIL);
            monitor.api.register(
                    "orders/m2", "{\"url\":\"" + sick.url() + "\",\"interval\":20,\"healthy\":2,\"lease\":0}");
            monitor.advance(INTERVAL.multipliedBy(4));
            JsonNode waiting = gate(id);
            assertThat(waiting.path("targets").asInt()).isEqualTo(2);
            assertThat(waiting.path("failingCount").asInt()).isEqualTo(1);
            assertThat(waiting.path("failing").path(0).path("name").asText()).isEqualTo("orders/m2");
            assertThat(events(id)).contains("appeared");
        }
    }

    @Test
    void aTargetThatDisappearsMustComeBack() {
        registerHealthy("orders/m1", "m1");
        registerHealthy("orders/m2", "m2");
        String strict = create("{\"service\":\"orders\",\"deadline\":6000,\"passes\":3}");
        String lenient = create("{\"service\":\"orders\",\"deadline\":6000,\"passes\":3,\"allowGone\":true}");
        assertThat(monitor.api.delete("orders/m2").statusCode()).isEqualTo(204);
        monitor.advance(INTERVAL.multipliedBy(4));
        assertThat(state(lenient)).isEqualTo("open");
        assertThat(gate(strict).path("targets").asInt()).isEqualTo(2);
        assertThat(gate(strict).path("failing").path(0).path("name").asText()).isEqualTo("orders/m2");
        assertThat(gate(strict).path("failing").path(0).path("state").asText()).isEqualTo("UNKNOWN");

        monitor.close();
        monitor = new TestMonitor(data, time);
        monitor.advance(INTERVAL.multipliedBy(4));
        assertThat(state(strict)).as("that is remembered").isEqualTo("waiting");
        register("orders/m2", "m2");
        monitor.advance(INTERVAL.multipliedBy(4));
        assertThat(state(strict)).isEqualTo("open");
        assertThat(events(strict)).containsSubsequence("gone", "resumed", "appeared", "open");
    }

    @Test
    void doesNotOpenWhenAllTargetsHaveDisappeared() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"service\":\"orders\",\"deadline\":600,\"allowGone\":true,\"passes\":20}");
        monitor.api.delete("orders/m1");
        monitor.advance(INTERVAL.multipliedBy(3));
        assertThat(state(id)).isEqualTo("waiting");
        assertThat(gate(id).path("targets").asInt()).isZero();
    }

    @Test
    void waitsForANamedTargetThatIsNotRegisteredYet() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"targets\":[\"orders/m1\",\"orders/m2\"],\"deadline\":600}");
        monitor.advance(INTERVAL);
        assertThat(gate(id).path("failing").path(0).path("name").asText()).isEqualTo("orders/m2");
        register("orders/m2", "m2");
        monitor.advance(Duration.ofSeconds(2));
        assertThat(state(id)).isEqualTo("open");
    }

    @Test
    void aNewRegistrationCountsFromZero() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"targets\":[\"orders/m1\"],\"deadline\":600,\"passes\":2}");
        monitor.advance(Duration.ofSeconds(2));
        assertThat(gate(id).path("failing").path(0).path("passes").asInt()).isEqualTo(1);
        monitor.api.delete("orders/m1");
        register("orders/m1", "m1");
        monitor.advance(Duration.ofSeconds(2));
        assertThat(gate(id).path("failing").path(0).path("passes").asInt()).isEqualTo(1);
        assertThat(state(id)).isEqualTo("waiting");
    }

    @Test
    void keepsWaitingAfterARestart() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":600,\"passes\":2,\"reason\":\"deploy\"}");
        monitor.advance(Duration.ofSeconds(2));
        assertThat(gate(id).path("failing").path(0).path("passes").asInt()).isEqualTo(1);
        monitor.close();
        monitor = new TestMonitor(data, time);
        JsonNode waiting = gate(id);
        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        assertThat(waiting.path("reason").asText()).isEqualTo("deploy");
        assertThat(waiting.path("failing").path(0).path("passes").asInt()).isZero();
        monitor.advance(INTERVAL.multipliedBy(2));
        assertThat(state(id)).isEqualTo("open");
        assertThat(events(id)).startsWith("created").containsSubsequence("resumed", "open");

        JsonNode open = gate(id);
        monitor.close();
        monitor = new TestMonitor(data, time);
        assertThat(gate(id)).isEqualTo(open);
        assertThat(ids("?state=open")).containsExactly(id);
    }

    @Test
    void aDeadlineDuringDowntimeCloses() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":60,\"passes\":20}");
        monitor.close();
        time.advance(Duration.ofMinutes(5));
        monitor = new TestMonitor(data, time);
        Await.until("it is closed", () -> state(id).equals("closed"));
    }

    @Test
    void aFailingStoreNeverOpens() throws SQLException {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":60}");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        sql("ALTER TABLE gate RENAME TO gate_away");
        monitor.advance(INTERVAL);
        assertThat(follower).isNotDone();
        assertThat(state(id)).isEqualTo("waiting");
        assertThat(gate(id).path("failingCount").asInt())
                .as("only the store is missing")
                .isZero();
        HttpResponse<byte[]> unknown = monitor.api.get(GATES + "/another?wait=10");
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(Api.json(unknown).path("state").asText()).isEqualTo("closed");
        assertThat(monitor.api.post(GATES, "{\"host\":\"m1\",\"deadline\":60}").statusCode())
                .isEqualTo(503);
        assertThat(monitor.api
                        .send(monitor.api.authorized(GATES + "/" + id).DELETE())
                        .statusCode())
                .isEqualTo(503);
        assertThat(state(id)).isEqualTo("waiting");

        sql("ALTER TABLE gate_away RENAME TO gate");
        monitor.advance(Duration.ofSeconds(2));
        assertThat(Api.json(follower.join()).path("state").asText()).isEqualTo("open");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("monitor.db"));
                Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
