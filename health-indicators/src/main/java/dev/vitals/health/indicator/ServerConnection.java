package dev.vitals.health.indicator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a server that speaks in lines or bytes. Every read is bounded in size, and in time by the deadline. A
 * {@code ProtocolException} means an answer that is not of the protocol; it does not show the answer.
 */
final class ServerConnection implements Closeable {
    private static final int MAX_LINE = 2_000;

    private final HostPort server;
    private final Socket plain;
    private Socket socket;
    private InputStream in;

    private ServerConnection(HostPort server, Socket plain) throws IOException {
        this.server = server;
        this.plain = plain;
        this.socket = plain;
        this.in = new BufferedInputStream(plain.getInputStream());
    }

    /** Connects, and does the handshake if TLS starts with the connection. */
    static ServerConnection connect(HostPort server, TlsMode tls, Deadline deadline) throws IOException {
        Socket plain = server.connect(deadline);
        try {
            ServerConnection connection = new ServerConnection(server, plain);
            if (tls.kind() == TlsMode.Kind.IMPLICIT) {
                connection.handshake(tls);
            }
            return connection;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Does the handshake on an open connection. Refuses bytes received before it, which anybody could have sent. */
    void startTls(TlsMode tls) throws IOException {
        if (in.available() > 0) {
            throw new ProtocolException("data before the handshake");
        }
        handshake(tls);
    }

    private void handshake(TlsMode tls) throws IOException {
        socket = tls.handshake(plain, server);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Returns the address of this end of the connection. */
    InetAddress localAddress() {
        return plain.getLocalAddress();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns one line without its end, which is LF or CR LF. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = readByte(); octet != '\n'; octet = readByte()) {
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("line too long");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns one byte, 0 to 255. */
    int readByte() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }

    byte[] readBytes(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException();
        }
        return octets;
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
