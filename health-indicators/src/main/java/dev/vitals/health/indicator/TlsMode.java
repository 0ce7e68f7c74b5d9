package dev.vitals.health.indicator;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Whether and when a connection uses TLS. The host name is verified; a null context means the JVM's default. */
record TlsMode(Kind kind, @Nullable SSLContext context) {
    enum Kind {
        NONE,
        IMPLICIT,
        STARTTLS
    }

    static final TlsMode NONE = new TlsMode(Kind.NONE, null);
    static final TlsMode IMPLICIT = new TlsMode(Kind.IMPLICIT, null);
    static final TlsMode STARTTLS = new TlsMode(Kind.STARTTLS, null);

    TlsMode with(SSLContext sslContext) {
        return new TlsMode(kind, requireInitialized(sslContext));
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

    /** Does the handshake over that connection and returns the secured socket. */
    Socket handshake(Socket plain, HostPort server) throws IOException {
        try {
            SSLSocket socket = wrap(plain, server, context == null ? SSLContext.getDefault() : context);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * Returns a TLS socket over that connection, before the handshake. Do not close it: closing the plain socket ends the
     * connection without waiting for the server.
     */
    static SSLSocket wrap(Socket plain, HostPort server, SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // asks for the host name
        socket.setSSLParameters(parameters);
        return socket;
    }
}
