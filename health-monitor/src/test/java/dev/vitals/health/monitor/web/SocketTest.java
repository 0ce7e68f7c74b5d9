package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sockets with readers of all kinds, on a real server. */
class SocketTest {
    private static final byte[] LARGE = ("\"" + "x".repeat(64 * 1024) + "\"").getBytes(UTF_8);

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Socket> closed = new CopyOnWriteArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Socket.Owner owner = new Socket.Owner() {
            @Override
            public void opened(Socket socket) {
                open.add(socket);
            }

            @Override
            public void received(Socket socket, byte[] text) {
                socket.send(ByteBuffer.wrap(text));
            }

            @Override
            public void closed(Socket socket) {
                closed.add(socket);
            }
        };
        server.setHandler(new WebSocketUpgradeHandler(upgrade -> upgrade.addMapping(
                "/", (request, response, callback) -> new Socket(owner, System::nanoTime, "127.0.0.1"))));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket opened(WebSocket.Listener listener) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        int before = open.size();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), listener)
                .join();
        Await.until("it is open", () -> open.size() > before);
        return open.get(before);
    }

    @Test
    void aReaderThatStopsIsCutAndOthersGetAll() throws IOException {
        AtomicInteger read = new AtomicInteger();
        Socket slow = opened(new WebSocket.Listener() {
            @Override
            public void onOpen(WebSocket socket) {
                // Asks for nothing, so that nothing is read beyond some buffers.
            }
        });
        Socket quick = opened(new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                if (last) {
                    read.incrementAndGet();
                }
                socket.request(1);
                return null;
            }
        });
        int sent = 0;
        while (!closed.contains(slow)) {
            int now = ++sent;
            slow.send(ByteBuffer.wrap(LARGE).asReadOnlyBuffer());
            quick.send(ByteBuffer.wrap(LARGE).asReadOnlyBuffer());
            Await.until("the quick one reads", () -> read.get() >= now);
            assertThat(sent).as("64 KiB each").isLessThan(2_000);
        }
        assertThat(closed).containsExactly(slow);
        assertThat(slow.isClosed()).isTrue();
        assertThat(quick.isClosed()).isFalse();
    }

    @Test
    void sharesTheBytesOfAFrame() {
        List<String> texts = new CopyOnWriteArrayList<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                texts.add(data.toString());
                socket.request(1);
                return null;
            }
        };
        byte[] shared = "{\"a\":\"ä 😀\"}".getBytes(UTF_8);
        Socket one = opened(listener);
        Socket other = opened(listener);
        for (int i = 0; i < 3; i++) {
            one.send(ByteBuffer.wrap(shared).asReadOnlyBuffer());
            other.send(ByteBuffer.wrap(shared).asReadOnlyBuffer());
        }
        Await.until("all arrive", () -> texts.size() == 6);
        assertThat(texts).containsOnly("{\"a\":\"ä 😀\"}");
    }

    @Test
    void sendsWhatWaitsBeforeItCloses() {
        List<String> texts = new CopyOnWriteArrayList<>();
        Socket socket = opened(new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                texts.add(data.toString());
                from.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                texts.add(code + " " + reason);
                return null;
            }
        });
        socket.send(ByteBuffer.wrap("1".getBytes(UTF_8)));
        socket.close(1008, "enough");
        socket.send(ByteBuffer.wrap("2".getBytes(UTF_8)));
        Await.until("the client knows that it is closed", () -> texts.size() == 2);
        assertThat(texts).containsExactly("1", "1008 enough");
        Await.until("the server knows it too", () -> closed.contains(socket));
        assertThat(texts).hasSize(2);
    }
}
