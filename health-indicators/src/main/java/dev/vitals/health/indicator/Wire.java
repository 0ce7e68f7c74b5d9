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
 * A conversation in lines or bytes with a server. Every read is bounded in size, and in time by the deadline. A
 * {@code ProtocolException} is an answer that makes no sense; what it was is not told.
 */
final class Wire implements Closeable {
    private static final int MAX_LINE = 2_000;

    private final HostPort server;
    private final Socket plain;
    private Socket socket;
    private InputStream in;

    private Wire(HostPort server, Socket plain) throws IOException {
        this.server = server;
        this.plain = plain;
        this.socket = plain;
        this.in = new BufferedInputStream(plain.getInputStream());
    }

    /** Shakes hands, too, if that is to be done at once. */
    static Wire connect(HostPort server, Tls tls, Deadline deadline) throws IOException {
        Socket plain = server.connect(deadline);
        try {
            Wire wire = new Wire(server, plain);
            if (tls.start() == Tls.Start.AT_ONCE) {
                wire.shake(tls);
            }
            return wire;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Shakes hands; what was said before, but not yet read, could be anybody's word and is refused. */
    void secure(Tls tls) throws IOException {
        if (in.available() > 0) {
            throw new ProtocolException("more than an answer");
        }
        shake(tls);
    }

    private void shake(Tls tls) throws IOException {
        socket = tls.shake(plain, server);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Returns this end of the connection. */
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
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("line too long");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns one byte, 0 to 255. */
    int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }

    byte[] octets(int count) throws IOException {
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
