package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsExpiryKeystoreTest {
    private static final char[] PASSWORD = Certificates.PASSWORD.toCharArray();

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void makeCertificates() {
        file = Certificates.selfSigned(folder.resolve("keys.p12"), "late", "dns:a.test", "-validity", "100");
        Certificates.selfSigned(file, "early", "dns:b.test", "-validity", "10");
    }

    @Test
    void theCertificateThatExpiresFirstCountsAndIsNamed() throws Exception {
        TlsExpiryIndicator check = TlsExpiryIndicator.ofKeystore(file, PASSWORD);
        Outcome outcome = check.run();
        Expect.warning(
                outcome,
                "keystore " + file + ": certificate of entry 'early' expires at " + Certificates.end(file)
                        + ", in 9 days, expected at least 21 days");
        assertThat(outcome.measurements()).singleElement().hasToString("daysLeft=9 d");
        Expect.ok(check.warnBefore(Duration.ofDays(8)).run());
    }

    @Test
    void callsThePasswordSupplierAtEachRun() {
        String[] password = {"wrong"};
        TlsExpiryIndicator check = TlsExpiryIndicator.ofKeystore(file, () -> password[0].toCharArray())
                .warnBefore(Duration.ofDays(8));
        Expect.error(check.run(), "keystore " + file + ": the password is wrong");
        password[0] = Certificates.PASSWORD;
        Expect.ok(check.run());
    }

    @Test
    void aMissingFileIsAnError() {
        Path none = folder.resolve("none.p12");
        Expect.error(TlsExpiryIndicator.ofKeystore(none, PASSWORD).run(), "keystore " + none + ": no such file");
        Expect.error(TlsExpiryIndicator.ofKeystore(folder, PASSWORD).run(), "keystore " + folder + ": no such file");
    }

    @Test
    void anotherFileThanAKeystoreIsAnError() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "not a keystore");
        Expect.error(
                TlsExpiryIndicator.ofKeystore(text, PASSWORD).run(),
                "keystore " + text + ": not a keystore that this JVM can read");
    }

    @Test
    void aKeystoreWithoutCertificatesIsAnError() throws Exception {
        Path keys = Certificates.keytool(
                folder.resolve("secret.p12"),
                List.of("-genseckey", "-alias", "s", "-keyalg", "AES", "-keysize", "128"));
        Expect.error(TlsExpiryIndicator.ofKeystore(keys, PASSWORD).run(), "keystore " + keys + ": has no certificate");
    }

    @Test
    void isLocalAndNeedsNoTrust() throws Exception {
        TlsExpiryIndicator check = TlsExpiryIndicator.ofKeystore(file, PASSWORD);
        assertThat(check.remote()).isFalse();
        assertThat(check.componentType()).contains("system");
        KeyStore trusted = Certificates.trustStore(file);
        assertThatIllegalStateException()
                .isThrownBy(() -> check.trust(trusted))
                .withMessage("trust is for servers, was set for keystore " + file);
        assertThatNullPointerException()
                .isThrownBy(() -> TlsExpiryIndicator.ofKeystore(null, PASSWORD))
                .withMessage("path");
    }
}
