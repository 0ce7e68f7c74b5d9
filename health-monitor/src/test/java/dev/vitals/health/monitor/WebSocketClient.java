package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of a WebSocket of a monitor. */
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile @Nullable String closed;

    WebSocketClient(URI monitor, String path, Map<String, String> headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(monitor.toString().replace("http:", "ws:") + path), this)
                .join();
    }

    /** Returns the code with which the monitor refuses to open a socket; 101 if it opens it. */
    static int refusal(URI monitor, String path, Map<String, String> headers) {
        try {
            new WebSocketClient(monitor, path, headers).close();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                frames.add(Json.read(text.toString().getBytes(UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code + " " + reason;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = "error " + error;
    }

    WebSocketClient send(String message) {
        socket.sendText(message.replace('\'', '"'), true).join();
        return this;
    }

    void sendBinary() {
        socket.sendBinary(java.nio.ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    /** Returns the next frame; fails if there is none in time. */
    JsonNode next() {
        try {
            JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("closed: " + closed).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the next frame of that type, and drops those before. */
    JsonNode next(String type) {
        JsonNode frame = next();
        while (!frame.path("type").asText().equals(type)) {
            frame = next();
        }
        return frame;
    }

    /** Returns the code and the reason with which the monitor closed; fails if it does not in time. */
    String closed() {
        Await.until("closed", () -> closed != null);
        return String.valueOf(closed);
    }

    boolean isClosed() {
        return closed != null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
