package dev.vitals.health.vertx;

import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Map;

/** A server with one event loop, on a free port. */
final class VertxServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpServer server;

    VertxServer(Handler<HttpServerRequest> handler) {
        server = vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .await();
    }

    Exchange exchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(URI.create("http://127.0.0.1:" + server.actualPort()), method, path, headers);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
