package dev.vitals.health.monitor.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A mail server of real sockets that misbehaves where a test says so. */
final class ScriptedMailServer implements AutoCloseable {
    /** Instead of an answer: closes the connection. */
    static final String HANG_UP = "hang up";

    /** Instead of an answer: says nothing until the end of the test. */
    static final String SILENCE = "silence";

    /** The mails whose end was read, whatever was answered. */
    final List<String> mails = new CopyOnWriteArrayList<>();

    final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, String> once = new ConcurrentHashMap<>();
    private final Map<String, String> always = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final SSLContext tls;
    private final boolean implicit;
    private final boolean startTls;
    private final ServerSocket server;

    ScriptedMailServer(boolean implicit, boolean startTls) {
        this.implicit = implicit;
        this.startTls = startTls;
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .subject("CN=test")
                    .addSanIpAddress("127.0.0.1")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            tls = context(bundle);
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        thread(this::accept);
    }

    private static SSLContext context(X509Bundle bundle) throws Exception {
        KeyStore keys = bundle.toKeyStore(new char[0]);
        KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, new char[0]);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("test", bundle.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "scripted-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns what trusts the certificate of this server. */
    SSLContext tls() {
        return tls;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers the next such command this way: EHLO, MAIL, RCPT, DATA, or END for the end of a mail. */
    void next(String command, String answer) {
        once.put(command, answer);
    }

    /** Answers each such command this way. */
    void each(String command, String answer) {
        always.put(command, answer);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                thread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket accepted = plain) {
            Socket socket = implicit ? secured(accepted) : accepted;
            BufferedReader in = reader(socket);
            say(socket, "220 scripted");
            String line = in.readLine();
            while (line != null) {
                String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                commands.add(line);
                if (command.equals("QUIT") || !answer(socket, in, command)) {
                    return;
                }
                if (command.equals("STARTTLS")) {
                    socket = secured(socket);
                    in = reader(socket);
                }
                line = in.readLine();
            }
        } catch (IOException | InterruptedException gone) {
            // The other side closed, or the test is over.
            return;
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private boolean answer(Socket socket, BufferedReader in, String command) throws IOException, InterruptedException {
        if (command.equals("DATA")) {
            if (!reply(socket, "DATA", "354 go on")) {
                return false;
            }
            StringBuilder mail = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                mail.append(line).append('\n');
            }
            mails.add(mail.toString());
            return reply(socket, "END", "250 2.0.0 queued");
        }
        String usual = switch (command) {
            case "EHLO" -> startTls && !(socket instanceof SSLSocket) ? "250-scripted\r\n250 STARTTLS" : "250 scripted";
            case "STARTTLS" -> "220 go on";
            default -> "250 ok";
        };
        return reply(socket, command, usual);
    }

    private boolean reply(Socket socket, String command, String usual) throws IOException, InterruptedException {
        String scripted = once.remove(command);
        String answer = scripted != null ? scripted : always.getOrDefault(command, usual);
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (answer.equals(SILENCE)) {
            end.await();
            return false;
        }
        say(socket, answer);
        return true;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
