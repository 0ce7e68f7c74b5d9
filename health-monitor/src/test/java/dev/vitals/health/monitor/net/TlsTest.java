package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.net.Failure.Reason;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final Certificates OURS = new Certificates();
    private static final TlsSettings TRUSTING =
            TlsSettings.builder().ca(OURS.authorityPem()).build();

    private final Calls calls =
            new Calls(new NetClient.Settings(1_000, 1_000, Duration.ofMinutes(10), Duration.ofMinutes(10), host ->
                    new InetAddress[] {InetAddress.getLoopbackAddress()}));

    @AfterEach
    void stop() {
        calls.close();
    }

    private static RawServer server(X509Bundle certificate) throws IOException {
        return new RawServer(OURS.sockets(certificate), false, RawServer.always(RawServer.ok("secret")));
    }

    private void refuses(RawServer server, String host, TlsSettings tls, String words) {
        Failure failure =
                calls.failure(Calls.get(server.url(host, "/")).tls(tls).keep("a"));
        assertThat(failure.message()).isEqualTo("TLS failed: " + words);
        assertThat(failure.reason()).isEqualTo(Reason.TLS);
    }

    @Test
    void keepsTheConnectionAndMeasuresTheHandshake() throws IOException {
        try (RawServer server = server(OURS.forLoopback())) {
            HttpCall call = Calls.get(server.url("/")).tls(TRUSTING).keep("a");
            ExchangeResult first = calls.http(call);
            assertThat(Calls.text(first)).isEqualTo("secret");
            assertThat(first.timings().securing()).isPresent();
            ExchangeResult second = calls.http(call);
            assertThat(second.timings().kept()).isTrue();
            assertThat(second.timings().securing()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void hangingHandshakesDoNotDelayOthersForLong() throws IOException {
        try (RawServer mute = new RawServer(RawServer.Connection::waitForEnd);
                RawServer server = server(OURS.forLoopback())) {
            URI hanging = URI.create("https://127.0.0.1:" + mute.port());
            List<CompletableFuture<ExchangeResult>> hung = new ArrayList<>();
            // Twice as many as there are permits: each permit is free again after a second.
            for (int i = 0; i < 64; i++) {
                hung.add(calls.begin(HttpCall.get(hanging).timeout(Duration.ofSeconds(15))));
            }
            ExchangeResult result = calls.http(Calls.get(server.url("/")).tls(TRUSTING));
            assertThat(Calls.text(result)).isEqualTo("secret");
            assertThat(result.timings().total()).isLessThan(Duration.ofSeconds(12));
            assertThat(hung).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void manyHandshakesAtOnceAllEnd() throws IOException {
        try (RawServer server = server(OURS.forLoopback())) {
            List<CompletableFuture<ExchangeResult>> begun = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                begun.add(calls.begin(Calls.get(server.url("/")).tls(TRUSTING).keep(i)));
            }
            begun.forEach(call -> assertThat(Calls.text(Calls.await(call))).isEqualTo("secret"));
        }
    }

    @Test
    void speaksTheOlderVersionToo() throws IOException {
        X509Bundle certificate = OURS.server("app.example");
        try (RawServer server =
                new RawServer(OURS.sockets(certificate, "TLSv1.2"), false, RawServer.always(RawServer.ok("secret")))) {
            assertThat(calls.body(Calls.get(server.url("app.example", "/")).tls(TRUSTING)))
                    .isEqualTo("secret");
        }
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws IOException {
        try (RawServer server = server(OURS.forLoopback())) {
            refuses(server, "127.0.0.1", TlsSettings.standard(), "the certificate is not signed by a trusted CA");
            TlsSettings others =
                    TlsSettings.builder().ca(new Certificates().authorityPem()).build();
            assertThat(calls.failure(Calls.get(server.url("/")).tls(others)).reason())
                    .isEqualTo(Reason.TLS);
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherHost() throws IOException {
        try (RawServer server = server(OURS.server("other.example"))) {
            refuses(server, "app.example", TRUSTING, "the certificate is not for app.example");
            refuses(server, "127.0.0.1", TRUSTING, "the certificate is not for 127.0.0.1");
            assertThat(calls.body(Calls.get(server.url("other.example", "/")).tls(TRUSTING)))
                    .isEqualTo("secret");
        }
    }

    @Test
    void refusesACertificateThatHasExpired() throws IOException {
        try (RawServer server = server(OURS.expired())) {
            refuses(server, "127.0.0.1", TRUSTING, "the certificate has expired");
        }
    }

    @Test
    void insecureTrustsEveryCertificateUnderEveryName() throws IOException {
        TlsSettings insecure = TlsSettings.builder().insecure().build();
        try (RawServer expired = server(OURS.expired());
                RawServer other = server(OURS.server("other.example"))) {
            assertThat(calls.body(Calls.get(expired.url("/")).tls(insecure))).isEqualTo("secret");
            assertThat(calls.body(Calls.get(other.url("app.example", "/")).tls(insecure)))
                    .isEqualTo("secret");
        }
    }

    @Test
    void presentsItsCertificateToAServerThatRequiresOne() throws IOException {
        X509Bundle client = OURS.client();
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (RawServer server = new RawServer(
                    OURS.sockets(OURS.forLoopback(), protocol), true, RawServer.always(RawServer.ok("secret")))) {
                TlsSettings mutual = TlsSettings.builder()
                        .ca(OURS.authorityPem())
                        .identity(client.getCertificatePathPEM(), client.getPrivateKeyPEM())
                        .build();
                assertThat(calls.body(Calls.get(server.url("/")).tls(mutual))).isEqualTo("secret");
                refuses(server, "127.0.0.1", TRUSTING, "the other side requires a client certificate that it trusts");
            }
        }
    }

    @Test
    void aPortWithoutTlsIsNamed() throws IOException {
        try (RawServer plain = new RawServer(connection -> {
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.waitForEnd();
        })) {
            URI url = URI.create("https://127.0.0.1:" + plain.port());
            Failure failure = calls.failure(Calls.get(url));
            assertThat(failure.message()).isEqualTo("TLS failed: the other side does not speak TLS");
        }
    }

    @Test
    void aConnectionClosedDuringTheHandshakeIsNamed() throws IOException {
        try (RawServer closing = new RawServer(connection -> {})) {
            URI url = URI.create("https://127.0.0.1:" + closing.port());
            assertThat(calls.failure(Calls.get(url)).message())
                    .isEqualTo("the connection was closed during the TLS handshake");
        }
    }

    @Test
    void refusesInvalidCertificatesAndKeys() {
        X509Bundle client = OURS.client();
        assertThatThrownBy(() -> TlsSettings.builder().ca("nonsense").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ca must be certificates in PEM");
        assertThatThrownBy(() -> TlsSettings.builder()
                        .identity(client.getCertificatePEM(), "nonsense")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("identity must be a certificate and its key (PKCS #8, no password) in PEM");
    }

    @Test
    void theHostHeaderNamesTheCertificate() throws IOException {
        try (RawServer server = server(OURS.server("shop.example"))) {
            HttpCall named = Calls.get(server.url("/")).tls(TRUSTING).hostHeader("shop.example");
            assertThat(calls.body(named)).isEqualTo("secret");
            assertThat(server.heads().get(0)).contains("\r\nHost: shop.example\r\n");
            HttpCall other = Calls.get(server.url("/")).tls(TRUSTING).hostHeader("other.example:8443");
            assertThat(calls.failure(other).message())
                    .isEqualTo("TLS failed: the certificate is not for other.example");
        }
    }
}
