package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.Pem;
import dev.vitals.health.monitor.model.Tls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's TLS of certificates and keys in PEM. */
final class TlsContext {
    // For a store that is never written.
    private static final char[] NO_PASSWORD = {};

    private TlsContext() {}

    static SSLContext of(Tls tls) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(tls), trustManagers(tls), null);
        return context;
    }

    private static KeyManager @Nullable [] keyManagers(Tls tls) throws GeneralSecurityException, IOException {
        if (tls.certificate() == null || tls.key() == null) {
            return null;
        }
        KeyStore store = empty();
        Certificate[] chain = Pem.certificates(tls.certificate()).toArray(Certificate[]::new);
        store.setKeyEntry("own", Pem.key(tls.key()), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(Tls tls) throws GeneralSecurityException, IOException {
        if (tls.insecure()) {
            return new TrustManager[] {new TrustsEverybody()};
        }
        if (tls.ca() == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted(tls.ca()));
        return factory.getTrustManagers();
    }

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

    // The extended kind, because a plain one would have the name of the host checked all the same.
    private static final class TrustsEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
