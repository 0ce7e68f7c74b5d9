package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real monitor whose network is cut: its apps hang up, each of them on a host of its own. */
class ObserverTest {
    private static final int HOSTS = 5;

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeApp> apps = new ArrayList<>();
    private TestMonitor monitor;

    @AfterEach
    void stop() {
        monitor.close();
        apps.forEach(FakeApp::close);
    }

    private void start(UnaryOperator<MonitorBuilder> settings) throws IOException {
        monitor = new TestMonitor(directory, time, builder -> settings.apply(builder.test(true)));
        Rule rule = new Rule(
                "ops",
                null,
                Rule.DEFAULT_STATES,
                List.of(Receiver.mail("ops@example.org")),
                Duration.ZERO,
                null,
                Rule.DEFAULT_WINDOW,
                null,
                null,
                false);
        monitor.monitor().rulesInForce.replace(new Rules.Current(List.of(rule), List.of(), Set.of()));
        for (int i = 0; i < HOSTS; i++) {
            FakeApp app = new FakeApp();
            apps.add(app);
            monitor.api.register(
                    "app" + i + "/m1",
                    "{\"url\":\"" + app.url() + "\",\"interval\":10,\"timeout\":2,\"unhealthy\":2,\"healthy\":2,"
                            + "\"lease\":0,\"labels\":{\"machine\":\"m" + i + "\"}}");
        }
        monitor.advance(Duration.ofSeconds(15));
    }

    private List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        JsonNode all = Api.json(monitor.api.get("/api/v1/messages")).path("messages");
        all.forEach(one -> {
            if (!one.path("state").asText().equals("cancelled")) {
                JsonNode facts = Api.json(monitor.api.get(
                                "/api/v1/messages/" + one.path("key").asText()))
                        .path("facts");
                subjects.add(one.path("kind").asText() + " "
                        + facts.path("incidents").path(0).path("kind").asText());
            }
        });
        return subjects;
    }

    /** A check that the machine starts late has no answer in manual time; the next one has. */
    private void awaitOwnCheck(String status) {
        Await.until("the check observer says " + status, () -> {
            boolean says = Api.json(monitor.api.get("/_health"))
                    .path("checks")
                    .path("observer:responseTime")
                    .path(0)
                    .path("status")
                    .asText()
                    .equals(status);
            if (!says) {
                monitor.advance(Duration.ofSeconds(3));
            }
            return says;
        });
    }

    @Test
    void aCutNetworkIsToldOnceAndNoTargetIsBlamed() throws IOException {
        start(settings -> settings);
        apps.forEach(FakeApp::hangsUp);
        monitor.advance(Duration.ofSeconds(60));
        for (int i = 0; i < HOSTS; i++) {
            JsonNode target = monitor.api.target("app" + i + "/m1");
            assertThat(target.path("state").asText()).isEqualTo("UNKNOWN");
            assertThat(target.path("why").asText())
                    .startsWith("the monitor cannot see: 3 of 5 hosts stopped answering");
        }
        awaitOwnCheck("warn");
        assertThat(subjects()).containsExactly("trouble monitor");
        apps.forEach(app -> app.answers(200, "text/plain", "ok"));
        monitor.advance(Duration.ofSeconds(40));
        for (int i = 0; i < HOSTS; i++) {
            assertThat(monitor.api.state("app" + i + "/m1")).isEqualTo("HEALTHY");
        }
        assertThat(subjects()).containsExactly("recovered monitor", "trouble monitor");
        JsonNode uptime = Api.json(monitor.api.get("/api/v1/targets/app0/m1/changes"));
        assertThat(uptime.toString()).doesNotContain("UNHEALTHY");
    }

    @Test
    void oneHostThatFallsSilentIsJudgedAsAlways() throws IOException {
        start(settings -> settings);
        apps.get(0).hangsUp();
        monitor.advance(Duration.ofSeconds(40));
        assertThat(monitor.api.state("app0/m1")).isEqualTo("UNHEALTHY");
        assertThat(monitor.api.state("app1/m1")).isEqualTo("HEALTHY");
        assertThat(subjects()).containsExactly("trouble target");
        awaitOwnCheck("pass");
    }

    @Test
    void aCanaryThatAnswersSaysThatTheHostsAreToBlame() throws IOException {
        try (ServerSocket canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            start(settings -> settings.canary("127.0.0.1:" + canary.getLocalPort()));
            apps.forEach(FakeApp::hangsUp);
            Await.until("all are judged", () -> {
                monitor.advance(Duration.ofSeconds(10));
                return monitor.api.state("app0/m1").equals("UNHEALTHY")
                        && monitor.api.state("app4/m1").equals("UNHEALTHY");
            });
            awaitOwnCheck("pass");
        }
    }

    @Test
    void aCanaryThatIsAwaySavesTheFirstHostFromBlame() throws IOException {
        int gone = FakeApp.freePort();
        start(settings -> settings.canary("127.0.0.1:" + gone));
        apps.get(0).hangsUp();
        Await.until("the monitor says that it cannot see", () -> {
            monitor.advance(Duration.ofSeconds(5));
            return monitor.api.state("app0/m1").equals("UNKNOWN");
        });
        assertThat(monitor.api.target("app0/m1").path("why").asText()).contains("no canary answers");
        JsonNode changes = Api.json(monitor.api.get("/api/v1/targets/app0/m1/changes"));
        assertThat(changes.toString()).doesNotContain("DEGRADED", "UNHEALTHY");
    }

    @Test
    void aClockThatIsMovedIsToldOnce() throws IOException {
        start(settings -> settings);
        time.setWall(time.instant().plus(Duration.ofHours(2)));
        monitor.advance(Duration.ofSeconds(30));
        assertThat(subjects()).containsExactly("trouble monitor");
        assertThat(monitor.api.state("app0/m1")).isEqualTo("HEALTHY");
        monitor.advance(Duration.ofSeconds(60));
        assertThat(subjects()).hasSize(1);
    }

    @Test
    void thePingGoesOutWhileTheMonitorIsWellAndTheProofOfLifeOnceADay() throws IOException {
        try (FakeApp watcher = new FakeApp()) {
            start(settings -> settings.deadMan(URI.create(watcher.url()), Duration.ofSeconds(10))
                    .proofOfLife("00:01@UTC"));
            Await.until("pings arrive", () -> {
                monitor.advance(Duration.ofSeconds(10));
                return watcher.requests() >= 3;
            });
            Await.until("the daily message is there", () -> {
                monitor.advance(Duration.ofSeconds(10));
                return subjects().contains("alive ");
            });
        }
    }
}
