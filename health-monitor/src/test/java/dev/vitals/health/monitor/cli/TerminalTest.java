package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import dev.vitals.health.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a terminal of 80 by 24, which the program {@code script} makes. */
@Timeout(120)
class TerminalTest {
    private static final String OTHER_SCREEN = "\u001b[?1049h";
    private static final String FIRST_SCREEN = "\u001b[?1049l";

    @TempDir
    Path data;

    private final List<String> printed = new CopyOnWriteArrayList<>();

    private Process run(ClientFixture vitals, String arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Program.named("script"),
                "-qefc",
                "stty rows 24 cols 80; exec \"$JAVA\" -cp \"$CLASSES\" " + Main.class.getName() + " " + arguments,
                "/dev/null");
        builder.environment().putAll(vitals.environment);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().remove("NO_COLOR");
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true).start();
        Thread reader = new Thread(() -> read(process.getInputStream()), "screen");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(InputStream from) {
        byte[] buffer = new byte[8_192];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                printed.add(new String(buffer, 0, read, UTF_8));
            }
        } catch (IOException closed) {
            // The terminal is gone.
        }
    }

    private String screen() {
        return String.join("", printed);
    }

    private int count(String part) {
        return screen().split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void watchingRepaintsInPlaceAndLeavesTheTerminalAsItWas() throws IOException, InterruptedException {
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.PASS, "HEALTHY");
            Process process = run(vitals, "health --watch");
            Await.until("the first picture is painted", () -> count("HEALTHY") > 0);
            vitals.answers("/orders-m1", ClientFixture.WARN);
            vitals.awaitState("orders/m1", "DEGRADED");
            Await.until("the change is painted", () -> count("DEGRADED") > 0);
            assertThat(screen()).contains(OTHER_SCREEN, "\u001b[").doesNotContain(FIRST_SCREEN);
            // One to begin with; a screen that is cleared at each look flickers.
            assertThat(count("\u001b[2J")).as(screen()).isLessThanOrEqualTo(1);
            try (OutputStream keys = process.getOutputStream()) {
                keys.write('q');
                keys.flush();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(1);
            Await.until("the first screen is back", () -> count(FIRST_SCREEN) == 1);
        }
    }

    @Test
    void aTableHasColoursAndEndsWithItsCode() throws IOException, InterruptedException {
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.WARN, "DEGRADED");
            Process process = run(vitals, "health");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            Await.until("all is shown", () -> count("DEGRADED") > 0);
            assertThat(screen()).contains("\u001b[").doesNotContain(OTHER_SCREEN);
        }
    }
}
