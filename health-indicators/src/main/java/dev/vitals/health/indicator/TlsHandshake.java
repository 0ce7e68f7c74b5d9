package dev.vitals.health.indicator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
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
        // Not closed: closing the plain socket below ends the connection, without waiting for a last word.
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, server.host(), server.port(), false);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // so that the recorder can ask for the name
        tls.setSSLParameters(parameters);
        try {
            tls.startHandshake();
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
