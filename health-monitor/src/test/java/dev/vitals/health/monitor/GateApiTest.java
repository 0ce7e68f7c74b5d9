package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates over real HTTP: asked for, listed, followed and cancelled. */
class GateApiTest extends GateScene {
    @Test
    void canBeListedAndCancelled() {
        registerHealthy("orders/m1", "m1");
        app.reports(503, FAIL);
        String id = create("{\"host\":\"m1\",\"deadline\":600}");
        String other = create("{\"service\":\"orders\",\"deadline\":600}");
        assertThat(ids("?state=waiting")).containsExactlyInAnyOrder(id, other);
        assertThat(ids("?state=waiting&host=m1")).containsExactly(id);
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        HttpRequest.Builder delete =
                monitor.api.authorized(GATES + "/" + id + "?by=anna").DELETE();
        JsonNode cancelled = Api.json(monitor.api.send(delete));
        assertThat(cancelled.path("state").asText()).isEqualTo("closed");
        assertThat(cancelled.path("why").asText()).isEqualTo("cancelled by anna");
        assertThat(Api.json(follower.join())).isEqualTo(cancelled);
        assertThat(Api.json(monitor.api.send(delete))).as("again").isEqualTo(cancelled);
        assertThat(ids("?state=waiting")).containsExactly(other);
        assertThat(ids("?state=closed")).containsExactly(id);
        assertThat(ids("")).containsExactly(other, id);
        assertThat(events(id)).startsWith("created").endsWith("cancelled");
    }

    @Test
    void anEmptySelectionIsRefusedUnlessAllowed() {
        HttpResponse<byte[]> refused = monitor.api.post(GATES, "{\"host\":\"m9\",\"deadline\":60}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Api.text(refused)).contains("\"field\":\"host\"", "allowEmpty");
        assertThat(ids("")).isEmpty();
        assertThat(state(create("{\"host\":\"m9\",\"deadline\":60,\"allowEmpty\":true}")))
                .isEqualTo("open");
    }

    @Test
    void anUnknownGateIsClosed() {
        HttpResponse<byte[]> answer = monitor.api.get(GATES + "/nothing?wait=5");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Api.json(answer).path("state").asText()).isEqualTo("closed");
        assertThat(monitor.api.get(GATES + "/nothing/events").statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestWithATagIsAnsweredAtTheNextChange() {
        registerHealthy("orders/m1", "m1");
        app.reports(503, FAIL);
        String id = create("{\"host\":\"m1\",\"deadline\":600}");
        HttpResponse<byte[]> first = monitor.api.get(GATES + "/" + id);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder known = monitor.api.request(GATES + "/" + id).header("If-None-Match", tag);
        assertThat(monitor.api.send(known).statusCode()).isEqualTo(304);
        CompletableFuture<HttpResponse<byte[]>> change = monitor.api.sendAsync(
                monitor.api.request(GATES + "/" + id + "?wait=60").header("If-None-Match", tag));
        Await.until("the call waits", () -> monitor.monitor().gates.following() == 1);
        monitor.advance(Duration.ofSeconds(2));
        assertThat(change.join().statusCode()).isEqualTo(200);
        assertThat(Api.json(change.join()).path("failing").path(0).path("why").asText())
                .isEqualTo("no db");
        assertThat(change.join().headers().firstValue("ETag"))
                .isNotEqualTo(first.headers().firstValue("ETag"));
        assertThat(monitor.api
                        .send(monitor.api.request(GATES + "/" + id + "?wait=60").header("If-None-Match", tag))
                        .statusCode())
                .as("a change is reported at once")
                .isEqualTo(200);
    }

    @Test
    void manyFollowersUseNoThreadsAndSeeTheSameDecision() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":600}");
        List<CompletableFuture<HttpResponse<byte[]>>> followers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            followers.add(monitor.api.sendAsync(monitor.api.request(GATES + "/" + id + "?wait=60")));
        }
        Await.until("all wait", () -> monitor.monitor().gates.following() == 1_000);
        Await.until(
                "no thread is held",
                () -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .noneMatch(frame -> frame.getClassName().startsWith("dev.vitals.health.monitor.web.")));
        assertThat(monitor.monitor().gates.following()).isEqualTo(1_000);
        monitor.advance(Duration.ofSeconds(2));
        JsonNode open = gate(id);
        assertThat(open.path("state").asText()).isEqualTo("open");
        followers.forEach(follower -> assertThat(Api.json(follower.join())).isEqualTo(open));
        assertThat(monitor.monitor().gates.following()).isZero();
    }

    @Test
    void nobodyWaitsForAMonitorThatStops() {
        registerHealthy("orders/m1", "m1");
        String id = create("{\"host\":\"m1\",\"deadline\":600,\"passes\":20}");
        CompletableFuture<HttpResponse<byte[]>> follower = follow(id);
        monitor.close();
        // Whether the answer or the end of the connection comes first: soon, and never open.
        Await.until("the call is over", follower::isDone);
        String body = follower.handle((answer, failure) -> failure == null ? Api.text(answer) : "")
                .join();
        assertThat(body).doesNotContain("\"state\":\"open\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'deadline':60} | host",
                "{'host':'m1','targets':['orders/m1'],'deadline':60} | targets",
                "{'host':'','deadline':60} | host",
                "{'service':'a/b','deadline':60} | service",
                "{'selector':{'a':1},'deadline':60} | selector",
                "{'targets':['orders'],'deadline':60} | targets",
                "{'targets':[],'deadline':60} | targets",
                "{'host':'m1'} | deadline",
                "{'host':'m1','deadline':0} | deadline",
                "{'host':'m1','deadline':604801} | deadline",
                "{'host':'m1','deadline':'tomorrow'} | deadline",
                "{'host':'m1','deadline':'2025-12-31T00:00:00Z'} | deadline",
                "{'host':'m1','window':'nothing'} | window",
                "{'host':'m1','deadline':60,'passes':0} | passes",
                "{'host':'m1','deadline':60,'passes':21} | passes",
                "{'host':'m1','deadline':60,'passes':1.5} | passes",
                "{'host':'m1','deadline':60,'retry':9} | retry",
                "{'host':'m1','deadline':60,'retry':3601} | retry",
                "{'host':'m1','deadline':60,'after':'soon'} | after",
                "{'host':'m1','deadline':60,'after':'2027-01-01T00:00:00Z'} | after",
                "{'host':'m1','deadline':60,'release':' '} | release",
                "{'host':'m1','deadline':60,'allowDegraded':'yes'} | allowDegraded",
                "{'host':'m1','deadline':60,'by':''} | by",
                "{'host':'m1','deadline':60,'colour':'red'} | colour"
            })
    void aBadFieldIsNamedAndNothingIsStored(String document, String field) {
        registerHealthy("orders/m1", "m1");
        HttpResponse<byte[]> answer = monitor.api.post(GATES, document.replace('\'', '"'));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(400);
        assertThat(Api.json(answer).path("errors")).hasSize(1);
        assertThat(Api.json(answer).path("errors").path(0).path("field").asText())
                .isEqualTo(field);
        assertThat(ids("")).isEmpty();
    }

    @Test
    void askingAndCancellingNeedAToken() {
        registerHealthy("orders/m1", "m1");
        String document = "{\"host\":\"m1\",\"deadline\":600,\"passes\":20}";
        String id = create(document);
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(document);
        assertThat(monitor.api.send(monitor.api.request(GATES).POST(body)).statusCode())
                .isEqualTo(401);
        HttpRequest.Builder wrong = monitor.api.request(GATES + "/" + id).header("Authorization", "Bearer no");
        assertThat(monitor.api.send(wrong.DELETE()).statusCode()).isEqualTo(401);
        HttpRequest.Builder registrar =
                monitor.api.request(GATES).header("Authorization", "Bearer " + monitor.registrarToken());
        assertThat(monitor.api.send(registrar.POST(body)).statusCode())
                .as("a registrar may not")
                .isEqualTo(403);
        HttpRequest.Builder log = monitor.api.authorized("/api/v1/audit").GET();
        assertThat(Api.text(monitor.api.send(log))).contains("gate.create", "gate:" + id);
        assertThat(state(id)).isEqualTo("waiting");
        for (String bad : List.of("61", "-1", "x", "")) {
            assertThat(monitor.api.get(GATES + "/" + id + "?wait=" + bad).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aGateAboveTheLimitIsRefused() {
        registerHealthy("orders/m1", "m1");
        app.hangs();
        monitor.allowHung(1);
        for (int i = 0; i < 1_000; i++) {
            create("{\"host\":\"m1\",\"deadline\":600}");
        }
        HttpResponse<byte[]> refused = monitor.api.post(GATES, "{\"host\":\"m1\",\"deadline\":600}");
        assertThat(refused.statusCode()).isEqualTo(429);
    }
}
