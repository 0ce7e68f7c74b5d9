package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of a real server, to viewers that read and to such as do not. */
class EventStreamsTest {
    private static final int SMALL = 4 * 1024;
    private static final String LONG = "x".repeat(16 * 1024);
    private static final int MANY = 100;

    private final SlowReaders readers = new SlowReaders(8 * 1024 * 1024, System::nanoTime);
    private final EventStreams streams = new EventStreams();
    private final List<Socket> sockets = new ArrayList<>();
    private final Server server = new Server();

    private final class Streaming extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            SlowReaders.Outgoing outgoing = readers.outgoing(request, response, callback);
            streams.add(context(outgoing), "retry: 1000\n\n".getBytes(UTF_8));
            outgoing.completion().succeeded();
            return true;
        }
    }

    /** Returns the part of Javalin's context that a stream needs, upon a real answer of Jetty. */
    private static Context context(SlowReaders.Outgoing outgoing) {
        ClassLoader loader = EventStreamsTest.class.getClassLoader();
        Object request = Proxy.newProxyInstance(
                loader, new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> outgoing);
        return (Context) Proxy.newProxyInstance(
                loader, new Class<?>[] {Context.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "req" -> request;
                    case "method" -> HandlerType.GET;
                    default -> proxy;
                });
    }

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setAcceptedSendBufferSize(SMALL);
        server.addConnector(connector);
        server.setHandler(new Streaming());
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    /** Returns a reader of what a new viewer is sent, after the header. */
    private BufferedReader view() throws IOException {
        int before = streams.viewers();
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(SMALL);
        socket.connect(
                new InetSocketAddress(server.getURI().getHost(), server.getURI().getPort()));
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        Await.until("it views", () -> streams.viewers() > before);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1);
    }

    private static String next(BufferedReader reader, String wanted) throws IOException {
        String line = reader.readLine();
        while (line != null && !line.startsWith(wanted)) {
            line = reader.readLine();
        }
        return line;
    }

    @Test
    void anEventKeepsTheLineBreaksOfItsData() {
        assertThat(EventStreams.event("rows", "<tr>\r\n</tr>\n\u00e9"))
                .isEqualTo("event: rows\ndata: <tr>\ndata: </tr>\ndata: \u00e9\n\n");
    }

    @Test
    void everyViewerGetsEveryEventAfterTheFirstBytes() throws IOException {
        BufferedReader one = view();
        BufferedReader two = view();
        streams.send(EventStreams.event("seen", "a"));
        streams.keepAlive();
        streams.send(EventStreams.event("gone", "b"));
        for (BufferedReader each : List.of(one, two)) {
            assertThat(next(each, "retry")).isEqualTo("retry: 1000");
            assertThat(next(each, "event")).isEqualTo("event: seen");
            assertThat(each.readLine()).isEqualTo("data: a");
            assertThat(next(each, "event")).isEqualTo("event: alive");
            assertThat(next(each, "event")).isEqualTo("event: gone");
            assertThat(each.readLine()).isEqualTo("data: b");
        }
    }

    @Test
    void whoDoesNotReadIsEndedAndTheOthersGetAll() throws IOException {
        BufferedReader slow = view();
        BufferedReader fast = view();
        for (int i = 0; i < MANY; i++) {
            streams.send(EventStreams.event("rows", i + " " + LONG));
            assertThat(next(fast, "data")).isEqualTo("data: " + i + " " + LONG);
        }
        int got = 0;
        for (String line = next(slow, "data"); line != null; line = next(slow, "data")) {
            assertThat(line).startsWith("data: " + got + " ");
            got++;
        }
        assertThat(got).isBetween(1, MANY - 1);
        Await.until("only one views", () -> streams.viewers() == 1);
        Await.until("nothing is held for the other", () -> readers.bytes() == 0);
        streams.send(EventStreams.event("rows", "last"));
        assertThat(next(fast, "data")).isEqualTo("data: last");
    }

    @Test
    void allStreamsEndTogether() throws IOException {
        BufferedReader one = view();
        BufferedReader two = view();
        streams.end();
        assertThat(next(one, "event")).isNull();
        assertThat(next(two, "event")).isNull();
        Await.until("nobody views", () -> streams.viewers() == 0);
    }

    @Test
    void whoGoesAwayIsForgottenAtTheNextEvents() throws IOException {
        view();
        sockets.get(0).setSoLinger(true, 0);
        sockets.get(0).close();
        Await.until("nobody views", () -> {
            streams.keepAlive();
            return streams.viewers() == 0;
        });
    }
}
