package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history of a target over HTTP, from a real app and a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTest {
    private static final String PAST = "/api/v1/targets/orders/m1/";

    private TestMonitor monitor;
    private FakeApp app;
    private int polls;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        monitor = new TestMonitor(data);
        app = new FakeApp();
        monitor.advance(Duration.ofSeconds(30));
        monitor.api.register(
                "orders/m1", "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2,\"lease\":0,\"healthy\":2}");
        monitor.advance(Duration.ofSeconds(130));
        app.reports(
                503,
                "{\"status\":\"fail\",\"output\":\"=cmd()\",\"checks\":{\"db\":{\"status\":\"fail\",\"output\":\"a \\\"b\\\", c\"}}}");
        monitor.advance(Duration.ofSeconds(20));
        app.answers(200, "text/plain", "ok");
        monitor.advance(Duration.ofSeconds(200));
        polls = app.requests();
        monitor.api.register("orders/gone", "{\"url\":\"" + app.url() + "\",\"interval\":5,\"timeout\":2}");
        monitor.advance(Duration.ofSeconds(10));
        monitor.api.delete("orders/gone");
    }

    @AfterAll
    void stop() {
        monitor.close();
        app.close();
    }

    private JsonNode json(String path) {
        HttpResponse<byte[]> answer = monitor.api.get(PAST + path);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return Api.json(answer);
    }

    private List<String> csv(String path) {
        HttpResponse<byte[]> answer = monitor.api.get(PAST + path);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(Api.text(answer)).endsWith("\r\n");
        return List.of(Api.text(answer).split("\r\n", -1));
    }

    @Test
    void aBacktestTellsWhatOtherThresholdsWouldHaveChanged() {
        JsonNode same = json("backtest?from=1h&states=unhealthy");
        assertThat(same.path("approximate").asBoolean()).as(same.toString()).isFalse();
        assertThat(same.path("current")).isEqualTo(same.path("other"));
        assertThat(same.path("current").path("messages").asInt()).isEqualTo(2);
        JsonNode other = json("backtest?from=1h&states=unhealthy&unhealthy=3");
        JsonNode difference = other.path("differences").path(0);
        assertThat(other.path("differences")).hasSize(1);
        assertThat(difference.path("detectedLater").asDouble())
                .as(other.toString())
                .isEqualTo(5);
        assertThat(difference.path("recoveredLater").asDouble()).isZero();
        assertThat(other.path("summary").asText())
                .startsWith("With unhealthy 3 and healthy 2 there would have been 2 messages in place of 2 in ")
                .endsWith(" would have been seen 5 s later.");
        JsonNode never = json("backtest?from=1h&states=unhealthy&unhealthy=10");
        assertThat(never.path("other").path("messages").asInt()).isZero();
        assertThat(never.path("summary").asText()).endsWith(" 1 outage would not have been seen.");
    }

    @Test
    void theWorstCaseFollowsFromTheSettings() {
        JsonNode own = json("worst-case");
        assertThat(own.path("detectWithin").asInt()).isEqualTo(12);
        assertThat(own.path("recoverWithin").asInt()).isEqualTo(12);
        JsonNode other = json("worst-case?interval=30s&timeout=5s&unhealthy=3&healthy=10");
        assertThat(other.path("summary").asText()).isEqualTo("Trouble is seen within 95 s, and recovery within 305 s.");
    }

    @Test
    void pagesResultsFromTheNewest() {
        JsonNode all = json("results").path("results");
        assertThat(all.size()).isBetween(6, 12);
        List<JsonNode> paged = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json("results?limit=2" + next);
            page.path("results").forEach(paged::add);
            next = page.has("next") ? "&before=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        assertThat(paged).isEqualTo(List.copyOf(listOf(all)));
        JsonNode failure = listOf(all).stream()
                .filter(result -> result.path("code").asText().equals("ERROR"))
                .findFirst()
                .orElseThrow();
        assertThat(failure.path("httpStatus").asInt()).isEqualTo(503);
        assertThat(failure.path("components").get(0).path("name").asText()).isEqualTo("db");
        assertThat(failure.path("time").asText()).endsWith("Z");
    }

    private static List<JsonNode> listOf(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    @Test
    void csvEscapesFormulasAndQuotes() {
        List<String> lines = csv("results?format=csv");
        assertThat(lines.get(0)).isEqualTo("time,code,latency_us,http_status,message,components");
        assertThat(lines).hasSize(json("results").path("results").size() + 2);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains(",ERROR,").contains("\"\"b\"\", c"));
        assertThat(lines).noneMatch(line -> line.contains(",=") || line.contains(",\"="));
        assertThat(csv("changes?format=csv").get(0)).isEqualTo("at,from,to,why");
        assertThat(csv("uptime?format=csv")).hasSize(6);
        assertThat(csv("series?format=csv").get(0)).isEqualTo("start,name,unit,count,min,max,average,last");
    }

    @Test
    void rollUpsCountEveryPollAndMergeTheirQuantiles() {
        JsonNode minutes = json("rollups?resolution=minute&from=1h");
        JsonNode total = minutes.path("total");
        long counted = 0;
        for (JsonNode minute : minutes.path("rollups")) {
            counted += minute.path("polls").asLong();
            assertThat(minute.path("start").asText()).endsWith(":00.000Z");
        }
        assertThat(total.path("polls").asLong()).isEqualTo(counted);
        // All but the open minute.
        assertThat(counted).isBetween(polls - 12L, polls + 2L);
        assertThat(total.path("error").asLong()).isEqualTo(4);
        JsonNode latency = total.path("latencyUs");
        assertThat(latency.path("min").asLong())
                .isLessThanOrEqualTo(latency.path("p50").asLong());
        assertThat(latency.path("p50").asLong())
                .isLessThanOrEqualTo(latency.path("p99").asLong());
        assertThat(latency.path("p99").asLong())
                .isLessThanOrEqualTo(latency.path("max").asLong());
        assertThat(minutes.path("relativeError").asDouble()).isEqualTo(0.01);
        assertThat(csv("rollups?format=csv&resolution=minute"))
                .hasSize(minutes.path("rollups").size() + 2);
    }

    @Test
    void uptimeAddsUpToTheMillisecond() {
        for (JsonNode window : json("uptime").path("windows")) {
            long sum = 0;
            for (String state : List.of("healthy", "degraded", "unhealthy", "unknown", "maintenance")) {
                sum += window.path(state + "Ms").asLong();
            }
            assertThat(sum).isEqualTo(window.path("watchedMs").asLong());
            assertThat(sum + window.path("notWatchedMs").asLong())
                    .isEqualTo(window.path("lengthMs").asLong());
            assertThat(sum).isEqualTo(360_000);
            assertThat(window.path("degradedMs").asLong()
                            + window.path("unhealthyMs").asLong())
                    .isBetween(20_000L, 35_000L);
        }
        JsonNode windows = json("uptime?windows=1m,2h").path("windows");
        assertThat(windows).hasSize(2);
        assertThat(windows.get(0).path("lengthMs").asLong()).isEqualTo(60_000);
        assertThat(windows.get(0).path("share").path("healthy").asDouble()).isEqualTo(1);
        assertThat(json("uptime?from=10m&to=5m")
                        .path("windows")
                        .get(0)
                        .path("notWatchedMs")
                        .asLong())
                .isBetween(240_000L, 260_000L);
    }

    @Test
    void pagesChangesFromTheNewest() {
        JsonNode all = json("changes").path("changes");
        assertThat(all.size()).isGreaterThanOrEqualTo(3);
        JsonNode first = json("changes?limit=1");
        assertThat(first.path("changes").get(0)).isEqualTo(all.get(0));
        JsonNode second = json("changes?limit=1&before=" + first.path("next").asText());
        assertThat(second.path("changes").get(0)).isEqualTo(all.get(1));
        assertThat(json("changes").has("next")).isFalse();
    }

    @Test
    void anUnknownTargetIsNotFoundAndARemovedOneIsShown() {
        assertThat(monitor.api.get("/api/v1/targets/orders/nobody/results").statusCode())
                .isEqualTo(404);
        String gone = "/api/v1/targets/orders/gone";
        assertThat(monitor.api.get(gone).statusCode()).isEqualTo(404);
        assertThat(Api.json(monitor.api.get(gone + "/results")).path("results")).isNotEmpty();
        JsonNode uptime = Api.json(monitor.api.get(gone + "/uptime?windows=1h"));
        assertThat(uptime.path("windows").get(0).path("watchedMs").asLong()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "results?limit=0|limit|0|a whole number from 1 to 100000, or all",
                "results?limit=100001|limit|100001|a whole number from 1 to 100000, or all",
                "results?before=x|before|x|the value of next in an earlier answer",
                "results?from=yesterday|from|yesterday|an RFC 3339 time",
                "results?to=2999-01-01T00:00:00Z|to|2999-01-01T00:00:00Z|a time not after now",
                "results?from=1h&to=2h|from|1h|a time not after to",
                "results?format=xml|format|xml|json or csv",
                "rollups?resolution=day|resolution|day|minute or hour",
                "series?resolution=day|resolution|day|minute or hour",
                "backtest?states=healthy|states|healthy|one or more of degraded, unhealthy, unknown",
                "worst-case?interval=0s|interval|0s|a number with ms",
                "uptime?windows=24h,x|windows|24h,x|up to 10 of",
                "changes?before=-1|before|-1|the value of next in an earlier answer"
            })
    void refusesInvalidValuesWithFieldValueAndBound(String path, String field, String value, String bound) {
        HttpResponse<byte[]> answer = monitor.api.get(PAST + path);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Api.json(answer).path("errors").get(0);
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("value").asText()).isEqualTo(value);
        assertThat(error.path("bound").asText()).startsWith(bound);
    }
}
