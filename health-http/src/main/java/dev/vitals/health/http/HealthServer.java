package dev.vitals.health.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.vitals.health.Health;
import dev.vitals.health.internal.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the endpoints on a separate port with the JDK's HTTP server: for workers without a web server, and to keep
 * health off the public port. It keeps running while the application drains, until it is closed. Thread-safe.
 *
 * <p>Closing it does not close the {@link Health}. All its threads are daemons, one for each request in progress, so a
 * server does not keep the JVM alive. On the module path, your module must require {@code jdk.httpserver}.
 */
public final class HealthServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private final HttpServer server;
    private final HealthEndpoint endpoint;
    private final byte @Nullable [] authorization;

    HealthServer(HealthServerBuilder builder) {
        endpoint = builder.endpoint;
        authorization = builder.token == null ? null : ("Bearer " + builder.token).getBytes(StandardCharsets.UTF_8);
        server = JdkServer.open(builder);
        server.setExecutor(Threads.workers("health-server-"));
        server.createContext("/", this::handle);
        start();
        String scheme = builder.tls == null ? "http" : "https";
        log.info(
                "health endpoints are on {}://{}:{}",
                scheme,
                server.getAddress().getHostString(),
                port());
    }

    // The JDK's dispatcher is a daemon exactly if the thread that starts the server is one, and nothing of ours may
    // keep
    // an application alive whose main thread has ended.
    private void start() {
        Thread starter = Threads.daemon("health-server-start-").newThread(server::start);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a builder of a server over these checks. */
    public static HealthServerBuilder builder(Health health) {
        return builder(HealthEndpoint.of(health));
    }

    /** Returns a builder of a server over that endpoint. */
    public static HealthServerBuilder builder(HealthEndpoint endpoint) {
        return new HealthServerBuilder(endpoint);
    }

    /** Opens a server of the JDK. Apart, so that {@link HealthServer} can be loaded without the module of that server. */
    private static final class JdkServer {
        private JdkServer() {}

        static HttpServer open(HealthServerBuilder builder) {
            InetSocketAddress address = new InetSocketAddress(builder.bind, builder.port);
            try {
                SSLContext tls = builder.tls;
                if (tls == null) {
                    return HttpServer.create(address, 0);
                }
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(configurator(tls, builder.clientCertificate));
                return https;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen on port " + builder.port + " of " + builder.bind, e);
            }
        }

        private static HttpsConfigurator configurator(SSLContext tls, boolean clientCertificate) {
            return new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                    ssl.setNeedClientAuth(clientCertificate);
                    parameters.setSSLParameters(ssl);
                }
            };
        }
    }

    /** Returns the port on which the server listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HealthRequest request = new ExchangeRequest(exchange);
            HealthResponse answer =
                    isAuthorized(request) ? endpoint.handle(request) : HealthEndpoint.unauthorized(request);
            answer.headers(exchange.getResponseHeaders()::set);
            send(exchange, answer);
        }
    }

    private boolean isAuthorized(HealthRequest request) {
        if (authorization == null) {
            return true;
        }
        String sent = request.header("Authorization");
        return sent != null && MessageDigest.isEqual(authorization, sent.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, HealthResponse answer) throws IOException {
        long length = answer.bodyLength();
        if (length == 0) {
            // -1 keeps the Content-Length that an answer to HEAD has set.
            exchange.sendResponseHeaders(answer.code(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.code(), length);
        try (OutputStream out = exchange.getResponseBody()) {
            answer.writeTo(out);
        }
    }

    /** Adapts a request to the JDK's server. */
    private record ExchangeRequest(HttpExchange exchange) implements HealthRequest {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String path() {
            URI uri = exchange.getRequestURI();
            return uri.getPath() == null ? "/" : uri.getPath();
        }

        @Override
        public @Nullable String query() {
            return exchange.getRequestURI().getRawQuery();
        }

        @Override
        public @Nullable String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.stop(0);
    }
}
