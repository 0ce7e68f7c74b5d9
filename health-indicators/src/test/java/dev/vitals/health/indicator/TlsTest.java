package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests LDAP, Redis and SMTP over implicit TLS and STARTTLS, with good and bad certificates. */
class TlsTest {
    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static SSLContext good;
    private static SSLContext expired;
    private static SSLContext elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Path authority = Certificates.authority(folder.resolve("authority.p12"));
        good = context(Certificates.signed(folder.resolve("good.p12"), authority, HERE), authority);
        expired = context(
                Certificates.signed(
                        folder.resolve("expired.p12"), authority, HERE, "-startdate", "-40d", "-validity", "30"),
                authority);
        elsewhere = context(
                Certificates.signed(folder.resolve("elsewhere.p12"), authority, "dns:elsewhere.test"), authority);
    }

    private static SSLContext context(Path keys, Path authority) throws Exception {
        return Certificates.context(keys, authority);
    }

    @ParameterizedTest
    @EnumSource
    void aGoodCertificateIsOk(TlsServer kind) throws Exception {
        try (TlsServer.Running server = kind.start(good)) {
            Expect.ok(kind.check(server.port(), good, Duration.ofSeconds(20)).run());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredCertificateIsAnError(TlsServer kind) throws Exception {
        fails(kind, expired, "certificate expired");
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateForAnotherHostIsAnError(TlsServer kind) throws Exception {
        fails(kind, elsewhere, "certificate not for this host name");
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatTheJvmDoesNotTrustIsAnError(TlsServer kind) throws Exception {
        try (TlsServer.Running server = kind.start(good)) {
            Expect.error(
                    kind.trustingTheJvm(server.port()).run(),
                    kind.failureAt(server.port()) + ": TLS failed (certificate not trusted)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatHangsInTheHandshakeIsGivenUpAtTheOneDeadline(TlsServer kind) throws Exception {
        try (SmallServer server = kind.hanging()) {
            givesUp(kind, server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIS", "LDAPS", "SMTPS"})
    void aServerThatSendsTheHandshakeSlowlyCannotHoldTheThread(TlsServer kind) throws Exception {
        try (SmallServer server = SmallServer.start(client -> {
            SmallServer.say(client, "\026\003\003\077\0"); // a handshake message of 16 kB follows
            SmallServer.drip(client, "\002");
        })) {
            givesUp(kind, server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIS", "LDAPS", "SMTPS"})
    void aServerThatHangsAfterTheHandshakeIsGivenUp(TlsServer kind) throws Exception {
        try (SmallServer server = SmallServer.tls(good, SmallServer::untilGone)) {
            givesUp(kind, server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIS", "LDAPS", "SMTPS"})
    void aServerThatDoesNotSpeakTlsIsAnError(TlsServer kind) throws Exception {
        try (SmallServer server = SmallServer.saying("220 ready\r\n")) {
            Outcome outcome =
                    kind.check(server.port(), good, Duration.ofSeconds(20)).run();
            assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(outcome.message().orElseThrow()).startsWith(kind.failureAt(server.port()) + ": TLS failed (");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAContextThatIsNotInitialized(TlsServer kind) throws Exception {
        assertThatNullPointerException()
                .isThrownBy(() -> kind.check(1, null, Duration.ofSeconds(2)))
                .withMessage("sslContext");
        SSLContext empty = SSLContext.getInstance("TLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.check(1, empty, Duration.ofSeconds(2)))
                .withMessage("sslContext must be initialized, was not");
    }

    private static void givesUp(TlsServer kind, SmallServer server) throws Exception {
        Expect.error(
                kind.check(server.port(), good, Duration.ofMillis(300)).run(),
                kind.failureAt(server.port()) + " within 300 ms");
    }

    private static void fails(TlsServer kind, SSLContext keys, String why) throws Exception {
        try (TlsServer.Running server = kind.start(keys)) {
            Expect.error(
                    kind.check(server.port(), good, Duration.ofSeconds(20)).run(),
                    kind.failureAt(server.port()) + ": TLS failed (" + why + ")");
        }
    }
}
