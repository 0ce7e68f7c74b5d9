package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates made by the JDK's own keytool, in files of PKCS 12. */
final class Certificates {
    static final String PASSWORD = "changeit";

    private Certificates() {}

    /** Makes a key with a self-signed certificate, or adds one to the file. */
    static Path selfSigned(Path file, String alias, String names, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
        arguments.addAll(List.of("-dname", "CN=" + alias, "-ext", "SAN=" + names));
        arguments.addAll(Arrays.asList(more));
        return keytool(file, arguments);
    }

    /** Makes a key whose self-signed certificate may sign others, in a new file. */
    static Path authority(Path file) {
        return selfSigned(file, "authority", "dns:authority.test", "-ext", "bc:c");
    }

    /** Makes a key in a new file, with a certificate that is signed by this authority. */
    static Path signed(Path file, Path authority, String names, String... more) throws IOException {
        Files.copy(authority, file);
        List<String> arguments = new ArrayList<>(List.of("-signer", "authority"));
        arguments.addAll(Arrays.asList(more));
        selfSigned(file, "signed", names, arguments.toArray(String[]::new));
        return keytool(file, List.of("-delete", "-alias", "authority"));
    }

    static Path keytool(Path file, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(arguments);
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** Returns the time at which the first certificate of the file expires. */
    static Instant end(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = load(file);
        Instant first = Instant.MAX;
        for (String alias : Collections.list(store.aliases())) {
            Instant end = end(store.getCertificate(alias));
            first = end.isBefore(first) ? end : first;
        }
        return first;
    }

    static Instant end(Certificate certificate) {
        return ((X509Certificate) certificate).getNotAfter().toInstant();
    }

    /** Returns a context that sends the certificate of one file and trusts those of the other. */
    static SSLContext context(Path keys, Path trusted) throws GeneralSecurityException, IOException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(load(keys), PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trustStore(trusted));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    /** Returns the certificates of a file without their keys, since certificates of keys are not trusted. */
    static KeyStore trustStore(Path file) throws GeneralSecurityException, IOException {
        KeyStore keys = load(file);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String alias : Collections.list(keys.aliases())) {
            trusted.setCertificateEntry(alias, keys.getCertificate(alias));
        }
        return trusted;
    }
}
