package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses real TLS servers with real certificates. */
class TlsExpiryIndicatorTest {
    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static Path good;
    private static Path soon;
    private static Path expired;
    private static Path tomorrow;
    private static Path elsewhere;

    @BeforeAll
    static void makeCertificates() {
        good = Certificates.selfSigned(folder.resolve("good.p12"), "good", HERE, "-validity", "100");
        soon = Certificates.selfSigned(folder.resolve("soon.p12"), "soon", HERE, "-validity", "10");
        expired = Certificates.selfSigned(
                folder.resolve("old.p12"), "old", HERE, "-startdate", "-40d", "-validity", "30");
        tomorrow = Certificates.selfSigned(
                folder.resolve("tomorrow.p12"), "tomorrow", HERE, "-startdate", "+1d", "-validity", "30");
        elsewhere = Certificates.selfSigned(folder.resolve("elsewhere.p12"), "elsewhere", "dns:elsewhere.test");
    }

    @Test
    void aCertificateThatIsLongValidAndTrustedIsOk() throws Exception {
        Outcome outcome = look(good, good);
        Expect.ok(outcome);
        assertThat(outcome.measurements()).singleElement().hasToString("daysLeft=99 d");
        assertThat(outcome.data()).containsEntry("notAfter", end(good));
    }

    @Test
    void aCertificateThatExpiresSoonIsAWarning() throws Exception {
        try (SmallServer server = server(soon)) {
            TlsExpiryIndicator check = check(server).trust(Certificates.trustStore(soon));
            Outcome outcome = check.run();
            Expect.warning(
                    outcome,
                    at(server) + ": certificate expires at " + end(soon) + ", in 9 days, expected at least 21 days");
            assertThat(outcome.measurements()).singleElement().hasToString("daysLeft=9 d");
            Expect.ok(check.failBefore(Duration.ofDays(1))
                    .warnBefore(Duration.ofDays(9))
                    .run());
            Expect.error(
                    check.failBefore(Duration.ofDays(11)).run(),
                    at(server) + ": certificate expires at " + end(soon) + ", in 9 days, expected at least 11 days");
        }
    }

    @Test
    void anExpiredCertificateIsAnErrorWithItsDate() throws Exception {
        try (SmallServer server = server(expired)) {
            Outcome outcome =
                    check(server).trust(Certificates.trustStore(expired)).run();
            Expect.error(outcome, at(server) + ": certificate expired at " + end(expired));
            assertThat(outcome.measurements()).singleElement().hasToString("daysLeft=-11 d");
        }
    }

    @Test
    void aCertificateThatIsNotYetValidIsAnError() throws Exception {
        Outcome outcome = look(tomorrow, tomorrow);
        assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(outcome.message().orElseThrow()).contains(": certificate is not valid before ");
    }

    @Test
    void anUntrustedCertificateIsAnErrorAndStillMeasured() throws Exception {
        try (SmallServer server = server(good)) {
            Outcome outcome = check(server).run();
            Expect.error(outcome, at(server) + ": certificate is not trusted");
            assertThat(outcome.measurements()).singleElement().hasToString("daysLeft=99 d");
        }
    }

    @Test
    void aCertificateForAnotherHostIsAnError() throws Exception {
        try (SmallServer server = server(elsewhere)) {
            Expect.error(
                    check(server).trust(Certificates.trustStore(elsewhere)).run(),
                    at(server) + ": certificate is not for this host name");
        }
    }

    @Test
    void aServerThatRequiresAClientCertificateIsCheckedToo() throws Exception {
        SSLContext context = Certificates.context(good, good);
        try (SSLServerSocket strict = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            strict.setNeedClientAuth(true);
            strict.setEnabledProtocols(new String[] {"TLSv1.2"}); // in 1.3 the server complains after the handshake
            Thread thread = new Thread(() -> {
                try (Socket client = strict.accept()) {
                    SmallServer.untilGone(client);
                } catch (IOException expected) {
                    // the client sent no certificate
                }
            });
            thread.start();
            Expect.ok(TlsExpiryIndicator.of("127.0.0.1", strict.getLocalPort())
                    .timeout(Duration.ofSeconds(20))
                    .trust(Certificates.trustStore(good))
                    .run());
            thread.join();
        }
    }

    @Test
    void aServerThatHangsIsGivenUp() throws Exception {
        try (SmallServer server = SmallServer.saying("")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(300)).run(),
                    "no handshake with " + at(server) + " within 300 ms");
        }
    }

    @Test
    void aServerWithoutTlsFailsInTls() throws Exception {
        try (SmallServer server = SmallServer.saying("220 mail.test ready\r\n")) {
            assertThat(check(server).run().message().orElseThrow())
                    .startsWith("no handshake with " + at(server) + ": TLS failed (SSL");
        }
    }

    @Test
    void aServerThatClosesEarlyIsAnError() throws Exception {
        try (SmallServer server = SmallServer.sayingAndClosing("", true)) {
            Outcome outcome = check(server).run();
            assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(outcome.message().orElseThrow()).startsWith("no handshake with " + at(server) + ": ");
        }
    }

    @Test
    void refusesLimitsAndTrustOutOfRange() throws Exception {
        TlsExpiryIndicator check = TlsExpiryIndicator.of("localhost", 443);
        assertThat(check.remote()).isTrue();
        assertThat(check.componentType()).contains("component");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.warnBefore(Duration.ofDays(6)))
                .withMessage("warnBefore must be from 7d to 3650d, was 6d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.failBefore(Duration.ofDays(22)))
                .withMessage("failBefore must be from 0s to 21d, was 22d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsExpiryIndicator.of("localhost", 0))
                .withMessage("port must be from 1 to 65535, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
        KeyStore empty = KeyStore.getInstance("PKCS12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.trust(empty))
                .withMessage("trusted must be loaded, was not");
        empty.load(null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.trust(empty))
                .withMessage("trusted must have at least 1 entry, was empty");
    }

    private static Outcome look(Path shown, Path trusted) throws Exception {
        try (SmallServer server = server(shown)) {
            return check(server).trust(Certificates.trustStore(trusted)).run();
        }
    }

    private static SmallServer server(Path shown) throws Exception {
        return SmallServer.tls(Certificates.context(shown, shown), SmallServer::untilGone);
    }

    private static TlsExpiryIndicator check(SmallServer server) {
        return TlsExpiryIndicator.of("127.0.0.1", server.port()).timeout(Duration.ofSeconds(20));
    }

    private static String at(SmallServer server) {
        return "127.0.0.1:" + server.port();
    }

    private static String end(Path file) throws Exception {
        return Certificates.end(file).toString();
    }
}
