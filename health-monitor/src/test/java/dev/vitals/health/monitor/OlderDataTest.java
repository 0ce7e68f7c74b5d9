package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory that the version of 21 November 2026 wrote, and what that version answered about it right before it was
 * killed with {@code kill -9}: registrations, checks of hosts with secrets, a file of services, a silence, a maintenance
 * window, a waiting and a decided gate, tokens, a user, history in the journal and in chunks.
 */
class OlderDataTest {
    private static final Instant KILLED = Instant.parse("2026-11-27T07:36:06.500Z");

    @TempDir
    Path data;

    private JsonNode before;
    private TestMonitor monitor;

    @BeforeEach
    void openTheOldDirectory() throws IOException {
        try (InputStream resource = OlderDataTest.class.getResourceAsStream("older-data/data.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, data.resolve(entry.getName()));
            }
        }
        Files.setPosixFilePermissions(data.resolve("secret.key"), PosixFilePermissions.fromString("rw-------"));
        before = Json.read(Files.readAllBytes(data.resolve("answers.json")));
        ManualScheduler time = new ManualScheduler();
        time.setWall(KILLED);
        monitor = new TestMonitor(data, time, settings -> settings.file(data.resolve("services.yml")));
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    private JsonNode get(String path, String member) {
        return Api.json(monitor.admin.send(monitor.admin.authorized(path).GET()))
                .path(member);
    }

    @Test
    void keepsAllTargetsAndTheirSettings() {
        List<JsonNode> now = new ArrayList<>();
        for (JsonNode target : get("/api/v1/targets", "targets")) {
            now.add(target);
        }
        assertThat(now).hasSameSizeAs(before.path("targets"));
        for (int i = 0; i < now.size(); i++) {
            for (Map.Entry<String, JsonNode> member :
                    before.path("targets").get(i).properties()) {
                assertThat(now.get(i).path(member.getKey()))
                        .as(now.get(i) + " " + member.getKey())
                        .isEqualTo(member.getValue());
            }
        }
        assertThat(monitor.api.state("gone/m2")).isEqualTo("UNHEALTHY");
    }

    @Test
    void canStillReadAllSecrets() {
        assertThat(secrets("h1/site")).containsEntry("password", Secret.of("host-secret"));
        assertThat(secrets("h1/site")).containsEntry("headers.X-Api-Key", Secret.of("key-secret"));
        assertThat(secrets("withsecret/m3")).containsEntry("password", Secret.of("registered-secret"));
        assertThat(secrets("web/web1")).containsEntry("password", Secret.of("file-secret"));
    }

    private Map<String, Secret> secrets(String id) {
        int slash = id.indexOf('/');
        TargetId target = new TargetId(id.substring(0, slash), id.substring(slash + 1));
        return monitor.monitor()
                .registry
                .target(target)
                .orElseThrow()
                .target()
                .probe()
                .secrets();
    }

    @Test
    void keepsTheChecksOfHostsThatAreDisabledToo() {
        Set<String> names = new HashSet<>();
        get("/api/v1/hosts/h1/checks", "checks")
                .forEach(check -> names.add(check.path("check").asText()));
        assertThat(names).containsExactlyInAnyOrder("site", "off", "flap");
    }

    @Test
    void keepsResultsAndChangesOfEachTarget() {
        for (String id : List.of("orders/m1", "h1/site", "h1/flap", "gone/m2")) {
            String path = "/api/v1/targets/" + id;
            JsonNode results = get(path + "/results?limit=all", "results");
            assertThat(results).as(id).isNotEmpty();
            assertThat(results).containsAll(stored(id));
            assertThat(get(path + "/changes?limit=all", "changes")).containsAll(storedChanges(id));
        }
    }

    // A result waits up to a tenth of a second for its commit, so the last ones before the kill may be lost.
    private List<JsonNode> stored(String id) {
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode result : before.path(id).path("results")) {
            if (Instant.parse(result.path("time").asText()).isBefore(KILLED.minusSeconds(1))) {
                results.add(result);
            }
        }
        return results;
    }

    private List<JsonNode> storedChanges(String id) {
        List<JsonNode> changes = new ArrayList<>();
        before.path(id).path("changes").forEach(changes::add);
        return changes;
    }

    @Test
    void keepsTheMinutesThatWereClosed() {
        for (String id : List.of("orders/m1", "h1/flap")) {
            List<JsonNode> closed = new ArrayList<>();
            before.path(id).path("rollups").forEach(closed::add);
            closed.remove(closed.size() - 1);
            assertThat(closed).hasSizeGreaterThan(4);
            assertThat(get("/api/v1/targets/" + id + "/rollups?resolution=minute", "rollups"))
                    .containsAll(closed);
        }
        JsonNode series = get("/api/v1/targets/orders/m1/series?resolution=minute", "series");
        assertThat(series).hasSameSizeAs(before.path("orders/m1").path("series"));
    }

    @Test
    void keepsGatesSilencesAndMaintenance() {
        JsonNode gates = get("/api/v1/gates", "gates");
        assertThat(gates).hasSize(2);
        assertThat(gates.get(0).path("id"))
                .isEqualTo(before.path("gates").get(0).path("id"));
        assertThat(gates.get(0).path("state").asText()).isEqualTo("waiting");
        assertThat(gates.get(1)).isEqualTo(before.path("gates").get(1));
        assertThat(get("/api/v1/silences", "silences")).isEqualTo(before.path("silences"));
        assertThat(get("/api/v1/maintenance", "maintenance")).isEqualTo(before.path("maintenance"));
    }

    @Test
    void keepsTokensUsersAndTheAuditLog() {
        assertThat(get("/api/v1/tokens", "tokens")).hasSize(3);
        assertThat(get("/api/v1/users", "users")).hasSize(1);
        assertThat(get("/api/v1/audit?limit=500", "entries")).containsAll(before.path("audit"));
    }
}
