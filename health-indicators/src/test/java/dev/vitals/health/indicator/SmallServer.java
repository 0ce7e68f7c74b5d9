package dev.vitals.health.indicator;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A server on a free local port that serves one connection after the other, each in the same way. */
final class SmallServer implements Closeable {
    /** Serves a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Talk {
        void with(Socket client) throws IOException;
    }

    private final ServerSocket listening;

    private SmallServer(ServerSocket listening, Talk talk) {
        this.listening = listening;
        Thread thread = new Thread(() -> serve(talk));
        thread.setDaemon(true);
        thread.start();
    }

    static SmallServer start(Talk talk) throws IOException {
        return new SmallServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), talk);
    }

    static SmallServer tls(SSLContext context, Talk talk) throws IOException {
        return new SmallServer(
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()), talk);
    }

    /** Sends a text at once, then nothing, and waits until the client closes the connection. */
    static SmallServer saying(String text) throws IOException {
        return start(client -> {
            say(client, text);
            untilGone(client);
        });
    }

    /** Sends the first text at once, each other one after a line of the client, and waits until the client closes. */
    static SmallServer inTurn(String first, String... others) throws IOException {
        return start(client -> {
            say(client, first);
            BufferedReader lines = reader(client);
            for (String other : others) {
                lines.readLine();
                say(client, other);
            }
            untilGone(client);
        });
    }

    /** Sends a text and closes; reads from the client first if it must speak first. */
    static SmallServer sayingAndClosing(String text, boolean afterTheClient) throws IOException {
        return start(client -> {
            if (afterTheClient) {
                client.getInputStream().read(new byte[1_000]);
            }
            say(client, text);
        });
    }

    /** Sends one byte now and then, until the client closes the connection. */
    static void drip(Socket client, String text) throws IOException {
        client.setSoTimeout(20);
        while (true) {
            try {
                if (client.getInputStream().read(new byte[1_000]) < 0) {
                    return;
                }
            } catch (SocketTimeoutException pause) {
                say(client, text);
            }
        }
    }

    static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static void untilGone(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve(Talk talk) {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                talk.with(client);
            } catch (IOException e) {
                // the client has closed the connection, or the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
