package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.server.SMTPServer;

/** Uses a real mail server; {@link TlsTest} tests its TLS. */
class SmtpServerTest {
    private SMTPServer server;
    private SmtpIndicator check;

    @BeforeEach
    void start() {
        start(10);
    }

    private void start(int maxConnections) {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("mail.test")
                .maxConnections(maxConnections)
                .build();
        server.start();
        check = SmtpIndicator.of("127.0.0.1", server.getPortAllocated()).timeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aRunningServerIsOk() {
        Outcome outcome = check.run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("replyCode", 220);
    }

    @Test
    void aServerThatRefusesMoreConnectionsIsAnError() throws Exception {
        stop();
        start(1);
        try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.getPortAllocated())) {
            assertThat(SmallServer.reader(other).readLine()).startsWith("220");
            Expect.error(
                    check.run(),
                    "SMTP server 127.0.0.1:" + server.getPortAllocated() + " greeted with 421, expected 220");
        }
    }

    @Test
    void aServerWithoutStartTlsIsAnErrorIfItIsRequired() {
        Expect.error(
                check.startTls().run(),
                "SMTP server 127.0.0.1:" + server.getPortAllocated() + " answered STARTTLS with 454, expected 220");
    }

    @Test
    void aStoppedServerIsAnError() {
        int port = server.getPortAllocated();
        server.stop();
        Expect.error(check.run(), "no SMTP greeting from 127.0.0.1:" + port + ": connection refused");
    }
}
