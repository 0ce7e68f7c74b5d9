package dev.vitals.health.monitor.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service on a free port that notes the requests that it gets, and answers as a test says. */
final class FakeService implements AutoCloseable {
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile Map<String, String> headers = Map.of();
    private volatile boolean silent;

    /** A request with its body. */
    record Request(String path, Headers headers, String text) {
        JsonNode json() {
            try {
                return Json.read(text.getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            if (silent) {
                exchange.close();
                return;
            }
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(int code, String body) {
        answers(code, body, Map.of());
    }

    void answers(int code, String body, Map<String, String> more) {
        status = code;
        answer = body;
        headers = more;
    }

    /** Takes each request and closes the connection without an answer from now on. */
    void hangsUp() {
        silent = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
