package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who would be told, asked over HTTP. The manual clock begins on Thursday, 1 January 2026, at midnight UTC. */
class DryRunTest {
    private static final String ORDERS = "/api/v1/targets/orders/i1/receivers";

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data, time, settings -> {
            settings.channelTypes = List.of(NoteChannel.TYPE);
            return settings;
        });
        admin = new Admin(monitor);
        put("/api/v1/channels/chat", "{'type':'note','url':'http://notes.example.com/','token':'secret'}");
        monitor.api.register(
                "orders/i1",
                "{\"kind\":\"push\",\"interval\":300,\"timeout\":2,\"notify\":[\"dev@example.com\"],"
                        + "\"labels\":{\"team\":\"shop\"}}");
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private void put(String path, String document) {
        HttpResponse<byte[]> answer = admin.put(path, document.replace('\'', '"'));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
    }

    private JsonNode ask(String query) {
        HttpResponse<byte[]> answer = monitor.api.get(ORDERS + query);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    private static List<String> lines(JsonNode all) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : all) {
            List<String> why = new ArrayList<>();
            one.path("why").forEach(text -> why.add(text.asText()));
            lines.add(
                    one.path("receiver").asText() + " by " + one.path("reason").asText()
                            + (one.has("at") ? " at " + one.path("at").asText() : "") + ": " + String.join("; ", why));
        }
        return lines;
    }

    @Test
    void namesReceiversWithTheirTimesAndReasons() {
        put("/api/v1/rules/now", "{'tell':['chat'],'window':0}");
        put("/api/v1/rules/escalation", "{'selector':{'team':'shop'},'tell':['chat'],'after':'15m'}");
        put("/api/v1/rules/others", "{'selector':{'team':'pay'},'tell':['chat'],'after':60}");
        JsonNode answer = ask("");
        assertThat(answer.path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(answer.path("cause").asText()).isEqualTo("orders/i1");
        assertThat(lines(answer.path("told")))
                .containsExactly(
                        "chat by rule now at 2026-01-01T00:00:00.000Z: ",
                        "chat by rule escalation at 2026-01-01T00:15:00.000Z:"
                                + " after 15m, unless it recovers or is acknowledged before");
        assertThat(lines(answer.path("notTold")))
                .containsExactly("dev@example.com by registration of orders/i1:"
                        + " no mail server is configured; start with --mail");
    }

    @Test
    void quietHoursAndHoursOfTheRuleMoveTheTime() {
        put(
                "/api/v1/rules/quiet",
                "{'tell':['chat'],'quiet':{'days':['WEDNESDAY'],'start':'22:00','end':'06:00','zone':'UTC'}}");
        put(
                "/api/v1/rules/office",
                "{'tell':['chat'],'after':60,"
                        + "'during':{'days':['FRIDAY'],'start':'09:00','end':'17:00','zone':'Europe/Berlin'},"
                        + "'quiet':{'days':['FRIDAY'],'start':'09:00','end':'09:30','zone':'Europe/Berlin'}}");
        put(
                "/api/v1/rules/never",
                "{'tell':['chat'],'after':120,'quiet':{'days':['MONDAY','THURSDAY'],'start':'00:00','duration':'7d',"
                        + "'zone':'UTC'}}");
        JsonNode answer = ask("");
        assertThat(lines(answer.path("told")))
                .containsExactly(
                        "chat by rule quiet at 2026-01-01T06:00:00.000Z: after 10s, together with others of the same"
                                + " cause; the hours of the rule hold it until 2026-01-01T06:00:00.000Z",
                        "chat by rule office at 2026-01-02T08:30:00.000Z: after 60s, unless it recovers or is"
                                + " acknowledged before; the hours of the rule hold it until 2026-01-02T08:30:00.000Z");
        assertThat(lines(answer.path("notTold"))).anyMatch(line -> line.endsWith("hold it for ever"));
    }

    @Test
    void silencesMaintenanceAndStatesAreReasonsAgainst() {
        put("/api/v1/rules/red", "{'tell':['chat'],'states':['UNHEALTHY']}");
        assertThat(lines(ask("?state=degraded").path("notTold")))
                .contains("chat by rule red: the rule tells only of [UNHEALTHY]");
        monitor.api.post("/api/v1/silences", "{\"service\":\"orders\",\"to\":\"2h\",\"reason\":\"disks\"}");
        monitor.api.post("/api/v1/maintenance", "{\"name\":\"patches\",\"service\":\"orders\",\"to\":\"1h\"}");
        JsonNode answer = ask("");
        assertThat(lines(answer.path("told"))).isEmpty();
        assertThat(lines(answer.path("notTold")))
                .contains("chat by rule red: maintenance patches until 2026-01-01T01:00:00.000Z; the message waits"
                        + " for its end; silenced disks until 2026-01-01T02:00:00.000Z; the message waits for its end");
    }

    @Test
    void aParentThatIsDownIsTheCause() {
        put("/api/v1/rules/now", "{'tell':['chat']}");
        monitor.api.register("db/i1", "{\"kind\":\"push\",\"interval\":300,\"timeout\":2}");
        monitor.api.register(
                "orders/i1", "{\"kind\":\"push\",\"interval\":300,\"timeout\":2,\"labels\":{\"depends-on\":\"db\"}}");
        assertThat(ask("").path("cause").asText()).isEqualTo("orders/i1");
        for (int report = 0; report < 3; report++) {
            monitor.api.send("POST", "/api/v1/push/db/i1", "{\"status\":\"fail\"}");
        }
        monitor.settle();
        assertThat(monitor.api.state("db/i1")).isEqualTo("UNHEALTHY");
        JsonNode answer = ask("");
        assertThat(answer.path("cause").asText()).isEqualTo("db/i1");
        assertThat(lines(answer.path("told")).get(0)).contains("in the message about db/i1");
    }

    @Test
    void refusesOtherStatesParametersAndTargets() {
        assertThat(monitor.api.get(ORDERS + "?state=HEALTHY").statusCode()).isEqualTo(400);
        assertThat(monitor.api.get(ORDERS + "?stat=UNHEALTHY").statusCode()).isEqualTo(400);
        assertThat(monitor.api.get("/api/v1/targets/nothing/i1/receivers").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aChannelWithAProblemIsSaid() {
        put("/api/v1/rules/now", "{'tell':['chat']}");
        ChannelSettings broken =
                new ChannelSettings("chat", "note", Map.of(), Map.of(), false, "its secret token cannot be read");
        monitor.monitor().channels.replace(List.of(broken));
        assertThat(lines(ask("").path("notTold"))).contains("chat by rule now: its secret token cannot be read");
    }
}
