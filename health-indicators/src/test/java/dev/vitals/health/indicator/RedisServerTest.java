package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Redis, where it is installed. */
class RedisServerTest {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    @TempDir
    static Path folder;

    private static Process redis;
    private static RedisIndicator check;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "Redis is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort(); // Redis cannot choose one itself
        }
        redis = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--port",
                        "" + port,
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--requirepass",
                        "right",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        check = RedisIndicator.of("127.0.0.1", port).timeout(Duration.ofSeconds(20));
        TcpIndicator listening = TcpIndicator.of("127.0.0.1", port);
        Expect.becomesTrue("Redis listens", () -> listening.run().message().isEmpty());
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            redis.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theRightPasswordIsOk() {
        Expect.ok(check.password("right").run());
        Expect.ok(check.login("default", "right").run());
    }

    @Test
    void noPasswordIsAnError() {
        String message = check.run().message().orElseThrow();
        assertThat(message).endsWith(" answered PING with the error NOAUTH, expected PONG");
    }

    @Test
    void theWrongPasswordIsAnError() {
        String message = check.password("wrong").run().message().orElseThrow();
        assertThat(message).endsWith(" answered AUTH with the error WRONGPASS, expected OK");
    }
}
