package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of a real server whose readers read nothing, with a small bound for all of them. */
class SlowReadersTest {
    private static final int ANSWER = 200 * 1024;
    private static final int BOUND = 1024 * 1024;
    private static final int SMALL = 4 * 1024;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final SlowReaders readers = new SlowReaders(BOUND, nanos::get);
    private final List<Socket> sockets = new ArrayList<>();
    private final Server server = new Server();

    /** Answers with bytes at once, or with a source of them under {@code /stream}. */
    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            SlowReaders.Outgoing outgoing = readers.outgoing(request, response, callback);
            if (Request.getPathInContext(request).equals("/stream")) {
                outgoing.stream(new Stream());
                outgoing.completion().succeeded();
            } else {
                Content.Sink.write(outgoing, true, "a".repeat(ANSWER), outgoing.completion());
            }
            handled.incrementAndGet();
            return true;
        }
    }

    private final class Stream implements AnswerSource {
        private int left = 100;

        @Override
        public ByteBuffer next() {
            return left-- == 0 ? null : ByteBuffer.wrap("b".repeat(ANSWER / 100).getBytes(ISO_8859_1));
        }

        @Override
        public long heldBytes() {
            return 10;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setAcceptedSendBufferSize(SMALL);
        server.addConnector(connector);
        server.setHandler(new Answers());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(SMALL);
        socket.connect(
                new InetSocketAddress(server.getURI().getHost(), server.getURI().getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private static int read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return in.readAllBytes().length;
    }

    @Test
    void whoWritesDoesNotWait() throws IOException {
        Socket slow = ask("/");
        Await.until("it is handled", () -> handled.get() == 1);
        assertThat(readers.bytes()).isBetween(1L, (long) ANSWER);
        assertThat(read(slow)).isGreaterThan(ANSWER);
        Await.until("nothing is held", () -> readers.bytes() == 0);
    }

    @Test
    void aSourceIsAskedAsItsReaderReads() throws IOException {
        Socket slow = ask("/stream");
        Await.until("it is handled", () -> handled.get() == 1);
        assertThat(readers.bytes()).isLessThan(ANSWER / 2);
        assertThat(read(slow)).isGreaterThan(ANSWER);
        Await.until("nothing is held", () -> readers.bytes() == 0);
        Await.until("the source is closed", () -> closed.get() == 1);
    }

    @Test
    void theLongestWithoutProgressYields() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int before = i;
            slow.add(ask("/"));
            Await.until("it is handled", () -> handled.get() > before);
            nanos.addAndGet(2_000_000_000);
        }
        Await.until("the oldest are given up", () -> readers.bytes() <= BOUND);
        assertThat(read(slow.get(19))).isGreaterThan(ANSWER);
        for (Socket socket : slow.subList(0, 19)) {
            socket.close();
        }
        Await.until("nothing is held", () -> readers.bytes() == 0);
    }

    @Test
    void whoGoesAwayLeavesNothing() throws IOException {
        for (int i = 0; i < 4; i++) {
            ask("/");
            ask("/stream");
        }
        Await.until("all are handled", () -> handled.get() == 8);
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        // The next write to each fails; until then its server does not know.
        Await.until("nothing is held", () -> readers.bytes() == 0);
        Await.until("all sources are closed", () -> closed.get() == 4);
    }
}
