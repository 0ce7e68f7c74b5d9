package dev.vitals.health.indicator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that a server shows in the handshake. */
record TlsHandshake(HostPort server, @Nullable KeyStore trusted) implements CertificateSource {
    @Override
    public Finding look(Deadline deadline) throws IOException {
        ChainRecorder recorder;
        try (Socket socket = server.connect(deadline)) {
            recorder = new ChainRecorder(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            shake(context, socket, recorder);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return recorder.needed().stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .map(first -> new Finding(first, "certificate", recorder.trouble()))
                .orElseGet(() -> Finding.none("shows no certificate"));
    }

    private void shake(SSLContext context, Socket socket, ChainRecorder recorder) throws IOException {
        try {
            Tls.over(socket, server, context).startHandshake();
        } catch (IOException e) {
            if (recorder.needed().isEmpty() || e instanceof SocketTimeoutException) {
                throw e;
            } // else the server wanted a client certificate: its own has been seen
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
}
