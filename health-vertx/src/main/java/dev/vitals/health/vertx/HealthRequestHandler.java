package dev.vitals.health.vertx;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthRequest;
import dev.vitals.health.http.HealthResponse;
import dev.vitals.health.http.internal.RequestParts;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the health endpoints in Vert.x 5: {@code server.requestHandler(HealthRequestHandler.of(health).before(router))}.
 * Thread-safe, so one handler serves all event loops.
 *
 * <p>It never blocks an event loop: if a check has to run for a request, the answer is written after the run. The
 * predicates of the endpoint are called on the event loop. The {@link Health} keeps running when the server stops.
 */
public final class HealthRequestHandler implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(HealthRequestHandler.class);
    private static final int UNAVAILABLE = 503;

    private final HealthEndpoint endpoint;
    private final List<String> paths;

    private HealthRequestHandler(HealthEndpoint endpoint) {
        this.endpoint = endpoint;
        this.paths = endpoint.paths();
    }

    /** Returns a handler over these checks, with the default settings. */
    public static HealthRequestHandler of(Health health) {
        return of(HealthEndpoint.of(health));
    }

    /** Returns a handler over this endpoint. */
    public static HealthRequestHandler of(HealthEndpoint endpoint) {
        return new HealthRequestHandler(Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** Returns a handler that answers on the paths of the endpoint, and passes all other requests to the other handler. */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> other) {
        Objects.requireNonNull(other, "other");
        return request -> (isOurs(request.path()) ? this : other).handle(request);
    }

    private boolean isOurs(@Nullable String sent) {
        if (sent != null) {
            String path = RequestParts.canonical(sent);
            for (String own : paths) {
                if (path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/')) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Answers a request on any path: with 404 where there is no health endpoint. */
    @Override
    public void handle(HttpServerRequest request) {
        HealthRequest adapted = new VertxRequest(request);
        HttpServerResponse response = request.response();
        var unused = endpoint.handleAsync(adapted, eventLoop())
                .thenAccept(answer -> send(answer, response))
                .exceptionally(failure -> {
                    log.error("cannot write the answer to a request for {}", adapted.path(), failure);
                    var unusedEnd = response.setStatusCode(UNAVAILABLE).end();
                    return null;
                });
    }

    private static Executor eventLoop() {
        Context context = Objects.requireNonNull(Vertx.currentContext(), "called by Vert.x");
        return task -> context.runOnContext(nothing -> task.run());
    }

    private static void send(HealthResponse answer, HttpServerResponse response) {
        if (response.closed()) {
            // The client did not wait for the check.
            return;
        }
        response.setStatusCode(answer.code());
        answer.headers((name, value) -> response.putHeader(name, value));
        Buffer body = Buffer.buffer(answer.bodyLength());
        try {
            answer.writeTo(new BufferOutput(body));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer takes everything", impossible);
        }
        var unused = response.end(body);
    }

    /** Appends to a buffer. */
    private static final class BufferOutput extends OutputStream {
        private final Buffer buffer;

        BufferOutput(Buffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int oneByte) {
            buffer.appendByte((byte) oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            buffer.appendBytes(bytes, offset, length);
        }
    }

    /** Adapts a request of Vert.x. */
    private record VertxRequest(HttpServerRequest request) implements HealthRequest {
        @Override
        public String method() {
            return request.method().name();
        }

        @Override
        public String path() {
            // OPTIONS * and CONNECT have none.
            return Objects.requireNonNullElse(request.path(), "");
        }

        @Override
        public @Nullable String query() {
            return request.query();
        }

        @Override
        public @Nullable String header(String name) {
            return RequestParts.joined(request.headers().getAll(name).iterator());
        }
    }
}
