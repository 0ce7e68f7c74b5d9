package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** A server on a free port whose bytes a test controls. */
final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final boolean secure;

    /** Serves one connection. */
    @FunctionalInterface
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    final class Connection {
        final int number;
        private final Socket socket;
        private final InputStream in;
        private String lastHead = "";

        private Connection(int number, Socket socket) throws IOException {
            this.number = number;
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        /** Reads the head of a request; returns false at the end of the connection. */
        boolean readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                head.append((char) next);
            }
            lastHead = head.toString();
            heads.add(lastHead);
            return true;
        }

        /** Returns whether the last request was for this path. */
        boolean asked(String path) {
            return lastHead.startsWith("GET " + path + " ");
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Waits until the other side closes. */
        void waitForEnd() throws IOException {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        }

        /** Closes with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), script);
    }

    RawServer(SSLServerSocketFactory tls, boolean clientCertificate, Script script) throws IOException {
        this(tls(tls, clientCertificate), script);
    }

    private RawServer(ServerSocket server, Script script) {
        this.server = server;
        this.secure = server instanceof SSLServerSocket;
        Thread acceptor = new Thread(() -> accept(script), "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private static ServerSocket tls(SSLServerSocketFactory factory, boolean clientCertificate) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) factory.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(clientCertificate);
        return socket;
    }

    /** Answers every request of a connection with this text. */
    static Script always(String answer) {
        return connection -> {
            while (connection.readHead()) {
                connection.write(answer);
            }
        };
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                socket.setSoTimeout(PATIENCE_MILLIS);
                int number = connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(socket, number, script), "raw-server-" + number);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number, Script script) {
        try (socket) {
            script.serve(new Connection(number, socket));
        } catch (IOException gone) {
            // The other side may close at any time.
        } finally {
            open.remove(socket);
        }
    }

    /** Refuses new connections from now on; the open ones stay. */
    void stopListening() throws IOException {
        server.close();
    }

    int port() {
        return server.getLocalPort();
    }

    URI url(String path) {
        return url("127.0.0.1", path);
    }

    URI url(String host, String path) {
        return URI.create((secure ? "https://" : "http://") + host + ":" + port() + path);
    }

    int connections() {
        return connections.get();
    }

    /** Returns the number of connections that are open from this side. */
    int open() {
        return open.size();
    }

    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
