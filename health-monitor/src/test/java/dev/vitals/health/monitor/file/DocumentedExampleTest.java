package dev.vitals.health.monitor.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.rule.ChannelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation is a good file, and has every kind. */
class DocumentedExampleTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "monitor", "targets.md");

    @TempDir
    Path directory;

    @Test
    void isAFileThatCanBeUsed() throws IOException {
        String text = Files.readString(DOCUMENT);
        String begin = "```yaml\n";
        int from = text.indexOf(begin) + begin.length();
        Path file =
                Files.writeString(directory.resolve("services.yml"), text.substring(from, text.indexOf("```", from)));
        Map<TargetId, ProbeSettings> services = ServicesFile.read(
                        file, Registration.READER, new ChannelReader(List.of()))
                .contents()
                .targets();
        assertThat(services.values().stream().map(settings -> settings.probe().kind()))
                .containsAll(Probes.KINDS.names(Source.FILE));
        assertThat(services).containsKeys(new TargetId("orders", "web1"), new TargetId("orders", "web2"));
    }
}
