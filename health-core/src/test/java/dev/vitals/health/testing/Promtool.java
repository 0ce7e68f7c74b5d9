package dev.vitals.health.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool, which checks a scrape against the rules of Prometheus. */
public final class Promtool {
    private Promtool() {}

    /** Asserts that the tool has no complaints. If it is not installed, the test fails in CI and is skipped elsewhere. */
    public static void accepts(String scrape) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(Program.named("promtool"), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = tool.getOutputStream()) {
            in.write(scrape.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isBlank();
        assertThat(tool.exitValue()).isZero();
    }
}
