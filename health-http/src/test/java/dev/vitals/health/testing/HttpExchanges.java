package dev.vitals.health.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends requests over real connections. */
public final class HttpExchanges {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(BOUND)
            .build();

    private HttpExchanges() {}

    /**
     * Sends a request without a body and waits for the answer. The path goes out as it is, whatever it has in it, and a header
     * with line ends in its value as several lines.
     */
    public static Exchange send(URI server, String method, String path, Map<String, String> headers) {
        boolean severalLines = headers.values().stream().anyMatch(value -> value.contains("\n"));
        return severalLines || !isUri(path)
                ? sendRaw(server, method, path, headers)
                : sendByClient(server, method, path, headers);
    }

    private static boolean isUri(String path) {
        try {
            return URI.create(path).getRawPath() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Exchange sendRaw(URI server, String method, String path, Map<String, String> headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach((name, lines) -> lines.lines()
                .forEach(line -> head.append(name).append(": ").append(line).append("\r\n")));
        return raw(server.getPort(), head + "Connection: close\r\n\r\n");
    }

    /** Connects to a port of 127.0.0.1. */
    public static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Sends that text to 127.0.0.1, and reads until the server closes the connection. */
    public static Exchange raw(int port, String request) {
        try (Socket socket = connect(port)) {
            socket.setSoTimeout((int) BOUND.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        }
    }

    private static Exchange parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer, but '" + answer + "'");
        }
        List<String> lines = answer.substring(0, end).lines().toList();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(lines.get(0).split(" ", -1)[1]);
        return new Exchange(code, headers, answer.substring(end + 4));
    }

    private static Exchange sendByClient(URI server, String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(BOUND)
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> flat = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> flat.put(name, String.join(", ", values)));
            return new Exchange(response.statusCode(), flat, response.body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path + " was interrupted", e);
        }
    }
}
