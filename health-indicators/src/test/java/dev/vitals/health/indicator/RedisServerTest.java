package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testing.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a real Redis, if it is installed. */
class RedisServerTest {
    @TempDir
    static Path folder;

    private static Process redis;
    private static SSLContext trust;
    private static RedisIndicator check;
    private static RedisIndicator overTls;

    @BeforeAll
    static void start() throws Exception {
        String program = Program.named("redis-server");
        Path authority = Certificates.authority(folder.resolve("authority.p12"));
        Path keys = Certificates.signed(folder.resolve("keys.p12"), authority, "ip:127.0.0.1");
        trust = Certificates.context(keys, authority);
        writePem(Certificates.load(keys));
        int port = freePort();
        int tlsPort = freePort();
        List<String> settings = List.of(
                "port " + port,
                "tls-port " + tlsPort,
                "tls-cert-file " + folder.resolve("certificate.pem"),
                "tls-key-file " + folder.resolve("key.pem"),
                "tls-ca-cert-file " + folder.resolve("certificate.pem"),
                "tls-auth-clients no",
                "bind 127.0.0.1",
                "save \"\"",
                "requirepass right",
                "dir " + folder);
        redis = new ProcessBuilder(
                        program,
                        Files.write(folder.resolve("redis.conf"), settings).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        check = RedisIndicator.of("127.0.0.1", port).timeout(Duration.ofSeconds(20));
        overTls = RedisIndicator.of("127.0.0.1", tlsPort).timeout(Duration.ofSeconds(20));
        TcpIndicator listening = TcpIndicator.of("127.0.0.1", tlsPort);
        Expect.becomesTrue("Redis listens", () -> listening.run().message().isEmpty());
    }

    /** Returns a free port, since Redis cannot choose one itself. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void writePem(KeyStore store) throws Exception {
        byte[] key = store.getKey("signed", Certificates.PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = store.getCertificate("signed").getEncoded();
        Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key));
        Files.writeString(folder.resolve("certificate.pem"), pem("CERTIFICATE", certificate));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
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

    @Test
    void theRightPasswordIsOkOverTlsToo() {
        Expect.ok(overTls.tls(trust).password("right").run());
        String message = overTls.tls(trust).password("wrong").run().message().orElseThrow();
        assertThat(message).endsWith(" answered AUTH with the error WRONGPASS, expected OK");
    }

    @Test
    void theTlsPortGivesNoAnswerWithoutTls() {
        assertThat(overTls.run().message().orElseThrow()).startsWith("no answer from Redis at ");
    }
}
