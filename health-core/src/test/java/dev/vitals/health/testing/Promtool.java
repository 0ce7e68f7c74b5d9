package dev.vitals.health.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus' own tool, which checks a scrape against the rules of Prometheus. */
public final class Promtool {
    private Promtool() {}

    /** Asserts that the tool has no complaints. If it is not installed, the test fails in CI and is skipped elsewhere. */
    public static void accepts(String scrape) throws IOException, InterruptedException {
        if (!isInstalled()) {
            String missing = "promtool is not on the path; it comes with Prometheus";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        Process tool = new ProcessBuilder("promtool", "check", "metrics")
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

    private static boolean isInstalled() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
