package dev.vitals.health.indicator;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets the handshake with any server go on, and keeps its certificates and what a careful client would say of them.
 * Nothing is sent over such a connection. For one handshake.
 */
final class ChainRecorder extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager careful;
    private List<X509Certificate> chain = List.of();
    private @Nullable String trouble;

    /** With null: trusts what the JVM trusts. */
    ChainRecorder(@Nullable KeyStore trusted) throws GeneralSecurityException {
        careful = managerOf(trusted);
    }

    private static X509ExtendedTrustManager managerOf(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM has no trust manager for X.509");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
        chain = List.of(shown);
        try {
            careful.checkServerTrusted(shown, authType);
        } catch (CertificateException e) {
            trouble = "is not trusted";
            return;
        }
        try {
            careful.checkServerTrusted(shown, authType, socket); // looks at the name as well
        } catch (CertificateException e) {
            trouble = "is not for this host name";
        }
    }

    /**
     * Returns the certificates that a client needs: those up to the first that a trusted one has signed. Many servers
     * send more, such as an old root that has ended long ago and harms nobody.
     */
    List<X509Certificate> needed() {
        Set<Principal> roots = Arrays.stream(careful.getAcceptedIssuers())
                .map(X509Certificate::getSubjectX500Principal)
                .collect(Collectors.toSet());
        List<X509Certificate> needed = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            needed.add(certificate);
            if (roots.contains(certificate.getIssuerX500Principal())) {
                break;
            }
        }
        return needed;
    }

    /** Returns what a careful client would complain of first, without the dates; null for nothing. */
    @Nullable
    String trouble() {
        return trouble;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("only for sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) {
        throw new UnsupportedOperationException("only for sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket) {
        throw new UnsupportedOperationException("only for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("only for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType) {
        throw new UnsupportedOperationException("only for clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return careful.getAcceptedIssuers();
    }
}
