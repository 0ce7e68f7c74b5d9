package dev.vitals.health.indicator;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a server that sends three certificates: its own for 100 days, an intermediate one for 10, and an old root. */
class TlsExpiryChainTest {
    private static final int INTERMEDIATE = 1;
    private static final int ROOT = 2;

    @TempDir
    static Path folder;

    private static Path file;
    private static Certificate[] chain;

    @BeforeAll
    static void makeCertificates() throws Exception {
        file = folder.resolve("chain.p12");
        Certificates.selfSigned(file, "root", "dns:root.test", "-ext", "bc:c", "-startdate", "-40d", "-validity", "30");
        Certificates.selfSigned(file, "middle", "dns:m.test", "-ext", "bc:c", "-validity", "10", "-signer", "root");
        Certificates.selfSigned(file, "leaf", "ip:127.0.0.1", "-validity", "100", "-signer", "middle");
        Certificates.keytool(file, List.of("-delete", "-alias", "root"));
        Certificates.keytool(file, List.of("-delete", "-alias", "middle"));
        chain = Certificates.load(file).getCertificateChain("leaf");
    }

    @Test
    void anIntermediateCertificateThatExpiresSoonIsAWarning() throws Exception {
        try (SmallServer server = server()) {
            TlsExpiryIndicator check = check(server, ROOT);
            Expect.warning(
                    check.run(),
                    "127.0.0.1:" + server.port() + ": certificate expires at " + Certificates.end(chain[INTERMEDIATE])
                            + ", in 9 days, expected at least 21 days");
            Expect.ok(check.warnBefore(Duration.ofDays(8)).run());
        }
    }

    @Test
    void certificatesBeyondTheFirstTrustedIssuerDoNotCount() throws Exception {
        try (SmallServer server = server()) {
            Expect.ok(check(server, INTERMEDIATE).run());
        }
    }

    private static SmallServer server() throws Exception {
        return SmallServer.tls(Certificates.context(file, file), SmallServer::untilGone);
    }

    private static TlsExpiryIndicator check(SmallServer server, int trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", chain[trusted]);
        return TlsExpiryIndicator.of("127.0.0.1", server.port())
                .timeout(Duration.ofSeconds(20))
                .trust(store);
    }
}
