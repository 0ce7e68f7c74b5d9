package dev.vitals.health.indicator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Reads the certificates that a server sends in the handshake. */
record ServerCertificates(HostPort server, @Nullable KeyStore trusted) implements CertificateSource {
    @Override
    public Earliest read(Deadline deadline) throws IOException {
        ChainRecorder recorder;
        try (Socket socket = server.connect(deadline)) {
            recorder = new ChainRecorder(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            handshake(context, socket, recorder);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        if (recorder.chain.isEmpty()) {
            return Earliest.none("no certificate");
        }
        Instant now = Instant.now();
        List<X509Certificate> path = CertificatePaths.best(recorder.chain, recorder.getAcceptedIssuers(), now);
        return new Earliest(CertificatePaths.decisive(path, now), "certificate", recorder.problem);
    }

    private void handshake(SSLContext context, Socket socket, ChainRecorder recorder) throws IOException {
        try {
            TlsMode.wrap(socket, server, context).startHandshake();
        } catch (IOException e) {
            if (recorder.chain.isEmpty() || e instanceof SocketTimeoutException) {
                throw e;
            } // else the server requires a client certificate, but its own was received
        }
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public String toString() {
        return server.toString();
    }

    /**
     * Accepts every server, and records its certificates and what a verifying client would refuse. Nothing is sent over
     * such a connection. For one handshake.
     */
    static final class ChainRecorder extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager verifier;
        private List<X509Certificate> chain = List.of();
        /** What a verifying client would refuse first; null if nothing. */
        private @Nullable String problem;

        /** Verifies with these certificates; null for those that the JVM trusts. */
        ChainRecorder(@Nullable KeyStore trusted) throws GeneralSecurityException {
            verifier = managerOf(trusted);
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
                verifier.checkServerTrusted(shown, authType);
            } catch (CertificateException e) {
                problem = "is not trusted";
                return;
            }
            try {
                verifier.checkServerTrusted(shown, authType, socket); // also verifies the name
            } catch (CertificateException e) {
                problem = "is not for this host name";
            }
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
            return verifier.getAcceptedIssuers();
        }
    }
}
