package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that asks a monitor starts fast, because it loads little: seen in a JVM of its own. */
class LoadedClassesTest {
    @TempDir
    Path data;

    @Test
    void healthLoadsNoServerNoHttpClientOfTheJdkNoLogAndNoScreen() throws IOException, InterruptedException {
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.WARN, "DEGRADED");
            Path classes = data.resolve("classes.txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xlog:class+load:file=" + classes,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "health",
                            "--url",
                            vitals.monitor.uri().toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isEqualTo(1);
            assertThat(printed).contains("DEGRADED  1 target of 1 service");
            List<String> loaded = Files.readAllLines(classes, UTF_8);
            assertThat(loaded).anyMatch(line -> line.contains("java.net.HttpURLConnection"));
            for (String unwanted : List.of(
                    "java.net.http.",
                    "jdk.internal.net.http.",
                    "org.eclipse.jetty.",
                    "io.javalin.",
                    "io.netty.",
                    "org.jline.",
                    "ch.qos.logback.",
                    "org.sqlite.",
                    "dev.vitals.health.monitor.Monitor")) {
                assertThat(loaded).as(unwanted).noneMatch(line -> line.contains(" " + unwanted));
            }
        }
    }
}
