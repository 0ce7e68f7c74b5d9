package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show health, against a running monitor with a healthy, a degraded and an unhealthy target. */
class HealthCommandTest {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

    @TempDir
    static Path data;

    private static ClientFixture vitals;

    @BeforeAll
    static void start() throws IOException {
        vitals = new ClientFixture(data);
        vitals.register("billing/m1", ClientFixture.PASS, "HEALTHY");
        vitals.register("orders/m1", ClientFixture.WARN, "DEGRADED");
        vitals.register("search/m1", ClientFixture.FAIL, "UNHEALTHY");
    }

    @AfterAll
    static void stop() {
        vitals.close();
    }

    @BeforeEach
    void plain() {
        vitals.environment.keySet().removeIf(name -> name.contains("COLOR"));
        vitals.environment.put("VITALS_URL", vitals.monitor.uri().toString());
    }

    @Test
    void showsEverythingWithTheReasonsAndIsExitCode1() {
        assertThat(vitals.run("health")).as(vitals.err.toString()).isEqualTo(1);
        assertThat(vitals.lines().get(0))
                .isEqualTo("UNHEALTHY  3 targets of 3 services: 1 UNHEALTHY, 1 DEGRADED, 1 HEALTHY");
        assertThat(vitals.out.toString()).containsPattern("UNHEALTHY +search/m1 .*no db");
        assertThat(vitals.out.toString()).containsPattern("DEGRADED +orders/m1 .*slow +\\[31mdisk");
        assertThat(vitals.out.toString()).as("a hostile text").doesNotContain("\u001b");
    }

    @Test
    void theExitCodeFollowsFromTheState() {
        assertThat(vitals.run("health", "billing")).isZero();
        assertThat(vitals.run("health", "orders")).isEqualTo(1);
        assertThat(vitals.run("health", "search")).isEqualTo(1);
        assertThat(vitals.run("health", "billing/m1")).isZero();
        assertThat(vitals.out.toString()).contains("HEALTHY  billing/m1  since ", "rule        UNHEALTHY after 2");
        assertThat(vitals.run("health", "search/m1")).isEqualTo(1);
    }

    @Test
    void anUnknownServiceIsExitCode3AndIsCorrected() {
        assertThat(vitals.run("health", "biling")).isEqualTo(3);
        assertThat(vitals.err.toString()).contains("there is no service biling; did you mean billing?");
        assertThat(vitals.run("health", "billing/m9")).isEqualTo(3);
        assertThat(vitals.err.toString()).contains("there is no target billing/m9 (see vitals targets)");
        assertThat(vitals.out.toString()).isEmpty();
    }

    @Test
    void aMonitorThatIsSilentIsExitCode2AndOneThatIsAwayIs3() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            vitals.environment.put("VITALS_URL", "http://127.0.0.1:" + silent.getLocalPort());
            assertThat(vitals.run("health", "--timeout", "200ms")).isEqualTo(2);
            assertThat(vitals.err.toString()).contains("timed out after 200 ms", "--timeout");
        }
        assertThat(vitals.run("health")).isEqualTo(3);
        assertThat(vitals.err.toString()).contains("connection refused");
    }

    @Test
    void wrongUseIsExitCode64() {
        assertThat(vitals.run("health", "-o", "xml")).isEqualTo(64);
        assertThat(vitals.err.toString()).contains("must be table, wide, json, jsonl or name, was 'xml'");
        assertThat(vitals.run("health", "--timeout", "1h")).isEqualTo(64);
        assertThat(vitals.run("health", "--color", "red")).isEqualTo(64);
        assertThat(vitals.run("health", "--watch", "--json-output")).isEqualTo(64);
        assertThat(vitals.run("targets", "--state", "ill")).isEqualTo(64);
        assertThat(vitals.run("targets", "--label", "m1")).isEqualTo(64);
        vitals.environment.put("VITALS_URL", "monitor:8180");
        assertThat(vitals.run("health")).isEqualTo(64);
        assertThat(vitals.err.toString()).contains("VITALS_URL: must be an http or https URL");
    }

    @Test
    void jsonHasEverythingAndRfc3339Times() throws IOException {
        assertThat(vitals.run("health", "--json-output")).isEqualTo(1);
        assertThat(vitals.json().path("state").asText()).isEqualTo("UNHEALTHY");
        assertThat(vitals.json().path("degraded").get(0).path("app").asText()).isEqualTo("orders");
        assertThat(vitals.run("targets", "-o", "json")).isZero();
        assertThat(vitals.json().path("targets")).hasSize(3);
        assertThat(vitals.json().path("targets").get(0).path("since").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(vitals.run("targets", "-o", "jsonl")).isZero();
        assertThat(vitals.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"app\":"));
        assertThat(vitals.run("targets", "-o", "name")).isZero();
        assertThat(vitals.lines()).containsExactly("search/m1", "orders/m1", "billing/m1");
    }

    @Test
    void targetsAreFiltered() {
        assertThat(names("--failing")).containsExactly("search/m1", "orders/m1");
        assertThat(names("--state", "healthy,degraded")).containsExactly("orders/m1", "billing/m1");
        assertThat(names("--state", "unhealthy")).containsExactly("search/m1");
        assertThat(names("--label", "machine=m1")).hasSize(3);
        assertThat(names("--label", "machine!=m1")).isEmpty();
        assertThat(names("NO DB")).containsExactly("search/m1");
    }

    private static List<String> names(String... filter) {
        String[] args = new String[filter.length + 3];
        args[0] = "targets";
        args[1] = "-o";
        args[2] = "name";
        System.arraycopy(filter, 0, args, 3, filter.length);
        assertThat(vitals.run(args)).as(vitals.err.toString()).isZero();
        return vitals.lines();
    }

    @Test
    void coloursFollowTheOptionAndTheEnvironment() {
        assertThat(vitals.run("targets")).isZero();
        String plain = vitals.out.toString();
        assertThat(plain).as("not a terminal").doesNotContain("\u001b");
        assertThat(vitals.run("targets", "--color", "always")).isZero();
        assertThat(vitals.out.toString()).contains("\u001b[31mUNHEALTHY\u001b[0m");
        assertThat(ESCAPES.matcher(vitals.out.toString()).replaceAll("").lines().map(String::length))
                .isEqualTo(plain.lines().map(String::length).toList());
        vitals.environment.put("CLICOLOR_FORCE", "1");
        assertThat(vitals.run("targets")).isZero();
        assertThat(vitals.out.toString()).contains("\u001b[");
        assertThat(vitals.run("targets", "--color=never")).isZero();
        assertThat(vitals.out.toString()).doesNotContain("\u001b");
        vitals.environment.put("NO_COLOR", "1");
        assertThat(vitals.run("targets")).isZero();
        assertThat(vitals.out.toString()).as("NO_COLOR wins").doesNotContain("\u001b");
    }

    @Test
    void nothingHostileReachesTheTerminalInAnyForm() throws IOException {
        HttpServer hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String evil = "a\u001b]0;pwned\u0007\u009b2J\u202eb\nc\rd";
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            json.writeStartObject();
            for (String field : List.of("app", "instance", "why", "state", "subject", "kind", "since")) {
                json.writeStringField(field, evil);
            }
            json.writeObjectFieldStart("labels");
            json.writeStringField(evil, evil);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
        hostile.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        hostile.start();
        try {
            vitals.environment.put(
                    "VITALS_URL", "http://127.0.0.1:" + hostile.getAddress().getPort());
            for (String form : List.of("table", "wide", "json", "jsonl", "name")) {
                assertThat(vitals.run("targets", "-o", form)).isZero();
                assertThat(vitals.out.toString().replace("\n", ""))
                        .as(form)
                        .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f\u202e]");
            }
            assertThat(vitals.run("targets", "-o", "json")).isZero();
            assertThat(vitals.json().path("targets").get(0).path("why").asText())
                    .isEqualTo(evil);
        } finally {
            hostile.stop(0);
        }
    }

    @Test
    void watchingThroughAPipePrintsLinesWithoutEscapeCodes() {
        vitals.pause = time -> {
            throw new InterruptedException("the test is over");
        };
        assertThat(vitals.run("targets", "--watch", "search")).isEqualTo(3);
        assertThat(vitals.lines()).hasSize(1);
        assertThat(vitals.lines().get(0))
                .matches("20\\S+Z  search/m1  UNHEALTHY: .*no db.*")
                .doesNotContain("\u001b");
    }
}
