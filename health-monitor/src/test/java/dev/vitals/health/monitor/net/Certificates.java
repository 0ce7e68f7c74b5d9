package dev.vitals.health.monitor.net;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/** A test CA and the certificates that it signs. */
final class Certificates {
    private static final String TLS = "TLS";

    private final X509Bundle authority;

    Certificates() {
        try {
            authority = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Test authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    String authorityPem() {
        return authority.getCertificatePEM();
    }

    X509Bundle server(String name) {
        return issue(new CertificateBuilder().addSanDnsName(name));
    }

    X509Bundle forLoopback() {
        return issue(new CertificateBuilder().addSanIpAddress("127.0.0.1"));
    }

    X509Bundle expired() {
        Instant now = Instant.now();
        return issue(new CertificateBuilder()
                .addSanIpAddress("127.0.0.1")
                .notBefore(now.minus(Duration.ofDays(20)))
                .notAfter(now.minus(Duration.ofDays(1))));
    }

    X509Bundle client() {
        return issue(new CertificateBuilder().addExtendedKeyUsageClientAuth());
    }

    private X509Bundle issue(CertificateBuilder builder) {
        try {
            return builder.ecp256().subject("CN=test").buildIssuedBy(authority);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Returns sockets that present this certificate, and trust the test CA. */
    SSLServerSocketFactory sockets(X509Bundle certificate, String protocol) {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(
                    certificate.toKeyManagerFactory().getKeyManagers(),
                    authority.toTrustManagerFactory().getTrustManagers(),
                    null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    SSLServerSocketFactory sockets(X509Bundle certificate) {
        return sockets(certificate, TLS);
    }
}
