package dev.vitals.health.monitor.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.rule.ChannelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    @TempDir
    Path directory;

    private FileContents services(String checks) throws IOException {
        Path file = Files.writeString(directory.resolve("services.yml"), "services:\n" + checks);
        return ServicesFile.read(file, Registration.READER, new ChannelReader(List.of()))
                .contents();
    }

    @Test
    void saysWhatIsAddedChangedFieldByFieldAndRemoved() throws IOException {
        FileContents before = services("""
              db: {health_check: {type: tcp, host: localhost, port: 5432}}
              old: {health_check: {type: push}}
              same: {health_check: {type: dns, name: localhost}}
              web: {health_check: {type: http, url: 'http://x/', user: u, password: first}}
            """);
        FileContents after = services("""
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
    void showsNoSecretOfAQueryOrACommand() throws IOException {
        FileContents before = services("""
              job: {health_check: {type: exec, command: [backup, --password, s3cret1]}}
              web: {health_check: {type: http, url: 'http://x/?k=s3cret1'}}
            """);
        FileContents after = services("""
              job: {health_check: {type: exec, command: [backup, --password, s3cret2, --all]}}
              web: {health_check: {type: http, url: 'http://x/?k=s3cret2'}}
            """);
        assertThat(Plan.between(before, after).lines())
                .containsExactly(
                        "~ job/localhost",
                        "    command: backup ... -> backup ...",
                        "~ web/localhost",
                        "    url: http://x/?... -> http://x/?...");
    }

    @Test
    void isEmptyIfNothingChanges() throws IOException {
        FileContents services = services("  db: {health_check: {type: tcp, host: localhost, port: 5432}}\n");
        assertThat(Plan.between(services, services).isEmpty()).isTrue();
    }
}
