package dev.vitals.health.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A {@link HealthServer} in a JVM that ends, or that has few modules. */
@Timeout(60)
class HealthServerProcessTest {
    /** Starts a server and returns, as a worker does whose main thread dies. */
    static final class ServerMain {
        private ServerMain() {}

        public static void main(String[] args) {
            HealthServer unused = HealthServer.builder(Health.builder().start()).start();
            throw new IllegalStateException("no configuration");
        }
    }

    private static Process java(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        try {
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    // prometheus/client_java#955
    @Test
    void doesNotKeepTheJvmAliveAfterMainHasDied() throws Exception {
        assertThat(output(java())).contains("no configuration");
    }

    @Test
    void needsNoModuleBeyondThoseOfTheLibrary() throws Exception {
        assertThat(output(java(
                        "--limit-modules", "java.base,java.logging,java.management,java.xml,java.naming,java.sql")))
                .contains("no configuration")
                .doesNotContain("NoClassDefFoundError");
    }
}
