package dev.vitals.health.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that gets SIGTERM. */
@Timeout(120)
class DrainOnShutdownTest {
    private final HttpClient client = HttpClient.newHttpClient();

    /** Serves until its JVM is told to end. */
    static final class ServiceMain {
        private ServiceMain() {}

        @SuppressWarnings("SystemOut") // the test reads the port from it
        public static void main(String[] args) throws Exception {
            Health health = Health.builder()
                    .check("c", Outcome::ok, c -> c.groups(Health.READY))
                    .drainOnShutdown(Duration.ofMinutes(1))
                    .start();
            System.out.println("port " + HealthServer.builder(health).start().port());
            if (args.length > 0) {
                health.close();
            }
            new CountDownLatch(1).await();
        }
    }

    private static Process java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServiceMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static URI ready(Process process) throws IOException {
        BufferedReader lines = process.inputReader(UTF_8);
        String line = lines.readLine();
        while (!line.startsWith("port ")) {
            line = lines.readLine();
        }
        return URI.create("http://127.0.0.1:" + line.substring("port ".length()) + "/_health/ready");
    }

    private int probe(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void readyFailsThreeTimesBeforeTheProcessEnds() throws Exception {
        Process process = java();
        try {
            URI ready = ready(process);
            while (probe(ready) != 200) {
                Thread.onSpinWait();
            }
            process.destroy();
            int failures = 0;
            while (failures < 3) {
                failures += probe(ready) == 503 ? 1 : 0;
            }
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatNobodyProbesOrThatIsClosedEndsSoon() throws Exception {
        for (String[] arguments : new String[][] {{}, {"close"}}) {
            Process process = java(arguments);
            try {
                ready(process);
                process.destroy();
                assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
