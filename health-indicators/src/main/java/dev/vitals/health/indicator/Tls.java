package dev.vitals.health.indicator;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Whether and when a conversation is secured. The host name is verified; a null context is the JVM's own. */
record Tls(Start start, @Nullable SSLContext context) {
    enum Start {
        NEVER,
        AT_ONCE,
        ON_REQUEST
    }

    static final Tls NONE = new Tls(Start.NEVER, null);
    static final Tls AT_ONCE = new Tls(Start.AT_ONCE, null);
    static final Tls ON_REQUEST = new Tls(Start.ON_REQUEST, null);

    Tls by(SSLContext sslContext) {
        return new Tls(start, requireInitialized(sslContext));
    }

    static SSLContext requireInitialized(SSLContext sslContext) {
        Objects.requireNonNull(sslContext, "sslContext");
        try {
            sslContext.getSocketFactory(); // refused now, not at each run
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("sslContext must be initialized, was not", e);
        }
        return sslContext;
    }

    /** Returns a client over that connection, after the handshake. */
    Socket shake(Socket plain, HostPort server) throws IOException {
        try {
            SSLSocket socket = over(plain, server, context == null ? SSLContext.getDefault() : context);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * Returns a client over that connection, before the handshake. It is not to be closed: closing the plain socket ends
     * the connection, without waiting for a last word.
     */
    static SSLSocket over(Socket plain, HostPort server, SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // asks for the host name
        socket.setSSLParameters(parameters);
        return socket;
    }
}
