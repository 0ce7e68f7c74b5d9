package dev.vitals.health.indicator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads all certificates of a keystore, chains of keys included. */
record KeystoreCertificates(Path path, Supplier<char[]> password) implements CertificateSource {
    @Override
    public Earliest read(Deadline deadline) {
        if (!Files.isRegularFile(path)) {
            return Earliest.none("no such file");
        }
        if (!Files.isReadable(path)) {
            return Earliest.none("access denied");
        }
        try {
            return earliest(KeyStore.getInstance(path.toFile(), password.get()));
        } catch (IOException e) {
            boolean refused = e.getCause() instanceof GeneralSecurityException;
            return Earliest.none(refused ? "the password is wrong" : "cannot be read, or the password is wrong");
        } catch (GeneralSecurityException e) {
            return Earliest.none("not a keystore that this JVM can read");
        }
    }

    private static Earliest earliest(KeyStore store) throws GeneralSecurityException {
        X509Certificate first = null;
        String name = "";
        for (String alias : Collections.list(store.aliases())) {
            for (Certificate certificate : certificates(store, alias)) {
                if (certificate instanceof X509Certificate x509
                        && (first == null || end(x509).isBefore(end(first)))) {
                    first = x509;
                    name = "certificate of entry '" + alias + "'";
                }
            }
        }
        return first == null ? Earliest.none("has no certificate") : new Earliest(first, name, null);
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static List<Certificate> certificates(KeyStore store, String alias) throws GeneralSecurityException {
        Certificate @Nullable [] chain = store.getCertificateChain(alias);
        if (chain != null) {
            return Arrays.asList(chain);
        }
        Certificate alone = store.getCertificate(alias);
        return alone == null ? List.of() : List.of(alone);
    }

    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public String toString() {
        return "keystore " + path;
    }
}
