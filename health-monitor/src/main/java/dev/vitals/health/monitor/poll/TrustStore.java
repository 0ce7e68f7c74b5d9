package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** Makes the JDK's stores of certificates in PEM. */
final class TrustStore {
    private TrustStore() {}

    /** Returns a store in which these certificates are trusted. */
    static KeyStore trusted(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (X509Certificate certificate : Pem.certificates(pem)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
