package dev.vitals.health.monitor.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.TargetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    Path directory;

    private Map<TargetId, ProbeSettings> services(String checks) throws IOException {
        Path file = Files.writeString(directory.resolve("services.yml"), "services:\n" + checks);
        return ServicesFile.read(file, Registration.READER);
    }

    @Test
    void saysWhatIsAddedChangedFieldByFieldAndRemoved() throws IOException {
        Map<TargetId, ProbeSettings> before = services("""
                  db: {health_check: {type: tcp, host: localhost, port: 5432}}
                  old: {health_check: {type: push}}
                  same: {health_check: {type: dns, name: localhost}}
                  web: {health_check: {type: http, url: 'http://x/', user: u, password: first}}
                """);
        Map<TargetId, ProbeSettings> after = services("""
                  db: {cluster: eu, health_check: {type: tcp, host: localhost, port: 5433, interval: 30}}
                  new: {health_check: {type: exec, command: [secret-free, --password=hidden]}}
                  same: {health_check: {type: dns, name: localhost}}
                  web: {health_check: {type: http, url: 'http://x/', user: u, password: second}}
                """);
        Plan plan = Plan.between(before, after);
        assertThat(plan.lines())
                .containsExactly(
                        "~ db/localhost",
                        "    interval: 10 -> 30",
                        "    labels: {machine=localhost} -> {cluster=eu, machine=localhost}",
                        "    port: 5432 -> 5433",
                        "+ new/localhost: exec secret-free every 10s, timeout 5s",
                        "- old/localhost",
                        "~ web/localhost",
                        "    password: *** -> ***");
        assertThat(plan.added()).isEqualTo(1);
        assertThat(plan.changed()).isEqualTo(2);
        assertThat(plan.removed()).isEqualTo(1);
    }

    @Test
    void isEmptyIfNothingChanges() throws IOException {
        Map<TargetId, ProbeSettings> services =
                services("  db: {health_check: {type: tcp, host: localhost, port: 5432}}\n");
        assertThat(Plan.between(services, services).isEmpty()).isTrue();
    }
}
