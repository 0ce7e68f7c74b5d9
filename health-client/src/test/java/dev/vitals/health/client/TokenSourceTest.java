package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSourceTest {
    @TempDir
    Path folder;

    @Test
    void theLineEndOfATokenIsRemoved() throws IOException {
        assertThat(TokenSource.of("t0p-s3cret\n").read()).isEqualTo("t0p-s3cret");
        Path file = Files.writeString(folder.resolve("token"), " t0p-s3cret\r\n");
        assertThat(TokenSource.file(file).read()).isEqualTo("t0p-s3cret");
    }

    @Test
    void aBadTokenIsRefusedWithoutShowingIt() throws IOException {
        String bound = "token must have 1 to 500 visible ASCII characters, had 9 characters (not shown)";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenSource.of("two words\n"))
                .withMessage(bound);
        Path file = Files.writeString(folder.resolve("token"), "two words\n");
        assertThatThrownBy(() -> TokenSource.file(file).read())
                .isInstanceOf(TokenSource.TokenException.class)
                .hasMessage("token file " + file + ": " + bound)
                .hasNoCause();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> TokenSource.file(nowhere).read())
                .hasMessage("token file " + nowhere + ": there is no such file");
        assertThatThrownBy(() -> TokenSource.file(folder).read())
                .hasMessageStartingWith("token file " + folder + ": cannot be read");
        Path huge = Files.writeString(folder.resolve("huge"), "x".repeat(100_000));
        assertThatThrownBy(() -> TokenSource.file(huge).read()).hasMessageContaining("had 4096 characters");
    }

    @Test
    void aTokenFileMayAppearAndChangeLater() throws Exception {
        Path file = folder.resolve("token");
        Timetable timetable = new Timetable();
        try (LogLines log = new LogLines(MonitorClient.class);
                FakeMonitor monitor = FakeMonitor.start();
                MonitorClient client = MonitorClient.builder(monitor.uri())
                        .app("orders")
                        .instance("a")
                        .url(URI.create("http://localhost:8080"))
                        .tokenFile(file)
                        .scheduler(timetable)
                        .start()) {
            timetable.begin();
            timetable.begin();
            // The second attempt has ended when the third is planned: it does not see the file below.
            Duration third = timetable.next();
            assertThat(monitor.waiting()).isZero();
            assertThat(log.at(Level.WARN))
                    .containsExactly("cannot register orders with " + monitor.uri() + ", will retry: token file " + file
                            + ": there is no such file");
            Files.writeString(file, "first\n");
            timetable.advance(third);
            assertThat(monitor.next().authorization()).isEqualTo("Bearer first");
            Files.writeString(file, "second\n");
            timetable.begin();
            assertThat(monitor.next().authorization()).isEqualTo("Bearer second");
            timetable.next();
            assertThat(client.registered()).isTrue();
        }
    }
}
