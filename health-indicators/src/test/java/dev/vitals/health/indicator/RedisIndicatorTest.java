package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Uses scripted servers that speak the exact protocol; see also {@link RedisServerTest}. */
class RedisIndicatorTest {
    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    @Test
    void aPongIsOk() throws Exception {
        try (SmallServer server = SmallServer.start(client -> {
            expect(client, PING);
            SmallServer.say(client, "+PONG\r\n");
            SmallServer.untilGone(client);
        })) {
            Expect.ok(check(server).run());
        }
    }

    @Test
    void thePasswordIsSentFirstAsBytes() throws Exception {
        try (SmallServer server = SmallServer.start(client -> {
            expect(client, "*3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n$3\r\nsé\r\n");
            SmallServer.say(client, "+OK\r\n");
            expect(client, PING);
            SmallServer.say(client, "+PONG\r\n");
            SmallServer.untilGone(client);
        })) {
            Expect.ok(check(server).login("me", "sé").run());
        }
    }

    @Test
    void anErrorIsNamedByItsFirstWord() throws Exception {
        try (SmallServer server = SmallServer.saying("-LOADING Redis is loading secret.rdb\r\n")) {
            Expect.error(
                    check(server).run(),
                    "Redis at " + at(server) + " answered PING with the error LOADING, expected PONG");
        }
    }

    @Test
    void aWrongPasswordIsAnError() throws Exception {
        try (SmallServer server = SmallServer.saying("-WRONGPASS invalid\r\n")) {
            Expect.error(
                    check(server).password("secret").run(),
                    "Redis at " + at(server) + " answered AUTH with the error WRONGPASS, expected OK");
        }
    }

    @Test
    void aServerThatHangsIsGivenUp() throws Exception {
        try (SmallServer server = SmallServer.saying("+PO")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(200)).run(),
                    "no answer from Redis at " + at(server) + " within 200 ms");
        }
    }

    @Test
    void aServerThatClosesEarlyIsAnError() throws Exception {
        try (SmallServer server = SmallServer.sayingAndClosing("+PO", true)) {
            Expect.error(check(server).run(), "no answer from Redis at " + at(server) + ": connection closed");
        }
    }

    @Test
    void anotherProtocolIsAnErrorAndIsNotRepeated() throws Exception {
        try (SmallServer server = SmallServer.saying("HTTP/1.1 400 Bad Request\r\n")) {
            Expect.error(
                    check(server).run(),
                    "no answer from Redis at " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void aLineWithoutEndIsAnError() throws Exception {
        try (SmallServer server = SmallServer.saying("+" + "P".repeat(3_000))) {
            Expect.error(
                    check(server).run(),
                    "no answer from Redis at " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void isARemoteDatastoreAndRefusesBadValues() {
        RedisIndicator check = RedisIndicator.of("cache", 6379);
        assertThat(check.remote()).isTrue();
        assertThat(check.componentType()).contains("datastore");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisIndicator.of("redis://cache", 6379))
                .withMessage("host must be a host name or an IP address of 1 to 253 characters, was 'redis://cache'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.password(""))
                .withMessage("password must have 1 to 1000 characters, had 0 (not shown)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.login(" ", "secret"))
                .withMessage("user must have 1 to 1000 characters, was ' '");
    }

    private static void expect(Socket client, String request) throws IOException {
        InputStream in = client.getInputStream();
        byte[] expected = request.getBytes(StandardCharsets.UTF_8);
        if (!request.equals(new String(in.readNBytes(expected.length), StandardCharsets.UTF_8))) {
            throw new IOException("not what was expected");
        }
    }

    private static RedisIndicator check(SmallServer server) {
        return RedisIndicator.of("127.0.0.1", server.port()).timeout(Duration.ofSeconds(20));
    }

    private static String at(SmallServer server) {
        return "127.0.0.1:" + server.port();
    }
}
