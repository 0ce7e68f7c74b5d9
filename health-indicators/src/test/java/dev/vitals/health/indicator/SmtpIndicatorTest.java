package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmtpIndicatorTest {
    @Test
    void aGreetingAndAnAnswerToQuitAreOk() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (SmallServer server = SmallServer.start(client -> {
            SmallServer.say(client, "220-mail.test ESMTP\r\n220 ready\r\n");
            BufferedReader lines = SmallServer.reader(client);
            heard.add(lines.readLine());
            SmallServer.say(client, "221 bye\r\n");
        })) {
            Expect.ok(check(server).run());
            assertThat(check(server).run().data()).containsEntry("replyCode", 220);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("QUIT");
        }
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringQuitIsOk() throws Exception {
        try (SmallServer server = SmallServer.sayingAndClosing("220 ready\r\n", false)) {
            Expect.ok(check(server).run());
        }
    }

    @Test
    void aServerThatIsTooBusyIsAnError() throws Exception {
        try (SmallServer server = SmallServer.saying("421 too many connections\r\n")) {
            Expect.error(check(server).run(), "SMTP server " + at(server) + " greeted with 421, expected 220");
            assertThat(check(server).run().data()).containsEntry("replyCode", 421);
        }
    }

    @Test
    void aRefusalOfStartTlsIsAnError() throws Exception {
        try (SmallServer server = SmallServer.inTurn("220 ready\r\n", "502 no EHLO\r\n")) {
            SmtpIndicator check = check(server).startTls();
            Expect.error(check.run(), "SMTP server " + at(server) + " answered EHLO with 502, expected 250");
            assertThat(check.run().data()).containsEntry("replyCode", 502);
        }
        try (SmallServer server = SmallServer.inTurn("220 ready\r\n", "250 hello\r\n", "454 not now\r\n")) {
            Expect.error(
                    check(server).startTls().run(),
                    "SMTP server " + at(server) + " answered STARTTLS with 454, expected 220");
        }
    }

    @Test
    void dataBeforeTheHandshakeIsRefused() throws Exception {
        String injected = "220 go\r\n250 and this\r\n";
        try (SmallServer server = SmallServer.inTurn("220 ready\r\n", "250 hello\r\n", injected)) {
            Expect.error(
                    check(server).startTls().run(),
                    "no TLS with SMTP server " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void aServerThatDoesNotGreetIsGivenUp() throws Exception {
        try (SmallServer server = SmallServer.saying("")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(200)).run(),
                    "no SMTP greeting from " + at(server) + " within 200 ms");
        }
    }

    @Test
    void aServerThatSendsSlowlyCannotHoldTheThread() throws Exception {
        try (SmallServer server = SmallServer.start(client -> SmallServer.drip(client, "2"))) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(300)).run(),
                    "no SMTP greeting from " + at(server) + " within 300 ms");
        }
    }

    @Test
    void aGreetingWithoutAnEndIsGivenUp() throws Exception {
        try (SmallServer server = SmallServer.saying("220-ready\r\n220-re")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(200)).run(),
                    "no SMTP greeting from " + at(server) + " within 200 ms");
        }
    }

    @Test
    void aServerThatHangsAfterItsGreetingIsAnError() throws Exception {
        try (SmallServer server = SmallServer.saying("220 ready\r\n")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(200)).run(),
                    "no answer to QUIT from SMTP server " + at(server) + " within 200 ms");
        }
    }

    @Test
    void aServerThatClosesWithoutAGreetingIsAnError() throws Exception {
        try (SmallServer server = SmallServer.sayingAndClosing("", false)) {
            Expect.error(check(server).run(), "no SMTP greeting from " + at(server) + ": connection closed");
        }
    }

    @Test
    void anotherProtocolIsAnErrorAndIsNotRepeated() throws Exception {
        try (SmallServer server = SmallServer.saying("SSH-2.0-OpenSSH_9.2 secret\r\n")) {
            Expect.error(
                    check(server).run(),
                    "no SMTP greeting from " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void endlessLinesAreAnError() throws Exception {
        try (SmallServer server = SmallServer.saying("220-more\r\n".repeat(51))) {
            Expect.error(
                    check(server).run(),
                    "no SMTP greeting from " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        Expect.error(
                SmtpIndicator.of("127.0.0.1", port).run(),
                "no SMTP greeting from 127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void isARemoteComponentAndRefusesBadValues() {
        SmtpIndicator check = SmtpIndicator.of("mail.test", 25);
        assertThat(check.remote()).isTrue();
        assertThat(check.componentType()).contains("component");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpIndicator.of("mail.test", 0))
                .withMessage("port must be from 1 to 65535, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    private static SmtpIndicator check(SmallServer server) {
        return SmtpIndicator.of("127.0.0.1", server.port()).timeout(Duration.ofSeconds(20));
    }

    private static String at(SmallServer server) {
        return "127.0.0.1:" + server.port();
    }
}
