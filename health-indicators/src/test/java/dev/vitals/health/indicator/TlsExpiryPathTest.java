package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a server that sends certificates in an order, and of a number, that a test chooses. */
class TlsExpiryPathTest {
    @TempDir
    static Path folder;

    private static Path file;
    private static Key key;
    private static Certificate root;
    private static Certificate leaf;
    /** Three certificates of one intermediate key, signed by the root: valid for 2 days, for 200, and from tomorrow. */
    private static Certificate twoDays;

    private static Certificate longer;
    private static Certificate tomorrow;
    /** The root's key, signed by another root that nobody trusts; expired. */
    private static Certificate cross;
    /** An expired certificate with the intermediate's name and another key. */
    private static Certificate namesake;

    @BeforeAll
    static void makeCertificates() throws Exception {
        file = folder.resolve("all.p12");
        Certificates.selfSigned(file, "root", "dns:root.test", "-ext", "bc:c");
        Certificates.selfSigned(file, "other", "dns:other.test", "-ext", "bc:c");
        Certificates.selfSigned(file, "middle", "dns:m.test", "-ext", "bc:c", "-validity", "200", "-signer", "root");
        Certificates.selfSigned(file, "leaf", "ip:127.0.0.1", "-validity", "90", "-signer", "middle");
        key = Certificates.load(file).getKey("leaf", Certificates.PASSWORD.toCharArray());
        root = certificate("root");
        leaf = certificate("leaf");
        longer = certificate("middle");
        twoDays = signed("middle", "root", "-validity", "2");
        tomorrow = signed("middle", "root", "-startdate", "+1d", "-validity", "300");
        cross = signed("root", "other", "-startdate", "-40d", "-validity", "30");
        Path stranger = Certificates.selfSigned(
                folder.resolve("stranger.p12"), "middle", "dns:m.test", "-startdate", "-40d", "-validity", "30");
        namesake = Certificates.load(stranger).getCertificate("middle");
    }

    @Test
    void anIntermediateThatExpiresSoonCountsInAnyOrder() throws Exception {
        for (List<Certificate> sent : List.of(
                List.of(leaf, root, twoDays), List.of(leaf, twoDays, root), List.of(leaf, twoDays, cross, root))) {
            error(
                    sent,
                    "certificate expires at " + Certificates.end(twoDays) + ", in 47 hours, expected at least 7 days");
        }
    }

    @Test
    void anExpiredCertificateThatNobodyNeedsDoesNotCount() throws Exception {
        Expect.ok(look(leaf, cross, longer));
        Expect.ok(look(leaf, longer, cross));
        Expect.ok(look(leaf, longer, namesake));
    }

    @Test
    void ofSeveralPathsTheOneThatIsValidLongestCounts() throws Exception {
        Expect.ok(look(leaf, twoDays, longer));
        Expect.ok(look(leaf, longer, twoDays));
    }

    @Test
    void aPathThatIsNotValidYetCountsOnlyIfThereIsNoOther() throws Exception {
        Expect.ok(look(leaf, tomorrow, longer));
        error(List.of(leaf, tomorrow), "certificate is not valid before ");
    }

    @Test
    void aServerThatLeavesOutTheIntermediateIsNotTrusted() throws Exception {
        error(List.of(leaf), "certificate is not trusted");
        error(List.of(leaf, cross), "certificate is not trusted");
    }

    private static void error(List<Certificate> sent, String message) throws Exception {
        Outcome outcome = look(sent.toArray(Certificate[]::new));
        String said = outcome.message().orElse("");
        Expect.error(outcome, said);
        assertThat(said).contains(": " + message);
    }

    private static Outcome look(Certificate... sent) throws Exception {
        try (SmallServer server = SmallServer.tls(context(sent), SmallServer::untilGone)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", root);
            return TlsExpiryIndicator.of("127.0.0.1", server.port())
                    .timeout(Duration.ofSeconds(20))
                    .trust(trusted)
                    .run();
        }
    }

    /** A store of type JKS takes a chain as it is; PKCS 12 refuses one in the wrong order. */
    private static SSLContext context(Certificate... sent) throws Exception {
        char[] password = Certificates.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("leaf", key, password, sent);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate certificate(String alias) throws Exception {
        return Certificates.load(file).getCertificate(alias);
    }

    /** Signs the key of the first with the key of the second. */
    private static Certificate signed(String subject, String issuer, String... more) throws Exception {
        Path request = folder.resolve("request");
        Path answer = folder.resolve("answer");
        Certificates.keytool(file, List.of("-certreq", "-alias", subject, "-file", request.toString()));
        List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", issuer, "-rfc", "-ext", "bc:c"));
        sign.addAll(List.of("-infile", request.toString(), "-outfile", answer.toString()));
        sign.addAll(Arrays.asList(more));
        Certificates.keytool(file, sign);
        byte[] pem = Files.readString(answer).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
