package dev.vitals.health.http;

import dev.vitals.health.Health;
import dev.vitals.health.http.internal.RequestParts;
import dev.vitals.health.internal.Threads;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the endpoints on a separate port: for workers without a web server, and to keep health off the public port. It
 * keeps running while the application drains, until it is closed. Thread-safe.
 *
 * <p>It is a small HTTP/1.1 server that reads and sets no system property. Whoever connects costs bounded time and threads:
 * at most 64 connections are open, each with a daemon thread; a client has 10 seconds to send a request, as many to read the
 * answer, and 30 seconds until its next request. When 64 connections are open and another client comes, the one that keeps
 * the server waiting for the longest time is closed. Requests may have 32 KiB of headers; bodies are skipped.
 *
 * <p>Closing it does not close the {@link Health}. It does not keep the JVM alive.
 */
public final class HealthServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private final HealthEndpoint endpoint;
    private final Map<String, HealthServerBuilder.Page> pages;
    private final byte @Nullable [] authorization;
    private final Connections connections = new Connections();
    private final Listeners listeners;

    HealthServer(HealthServerBuilder builder) {
        endpoint = builder.endpoint;
        pages = Map.copyOf(builder.pages);
        authorization = builder.token == null ? null : ("Bearer " + builder.token).getBytes(StandardCharsets.UTF_8);
        listeners = Listeners.open(builder.bind, builder.port);
        Connection.Protocol protocol =
                new ServerProtocol(builder.tls, builder.clientCertificate, builder.request.toNanos());
        listeners.start(Threads.daemon("health-server-accept-"), connections, protocol);
        String scheme = builder.tls == null ? "http" : "https";
        log.info(
                "health endpoints are on {}",
                listeners.addresses().stream()
                        .map(address -> scheme + "://" + literal(address) + ":" + port())
                        .collect(Collectors.joining(" and ")));
    }

    private static String literal(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address.isLoopbackAddress() ? "[::1]" : "[" + text + "]";
    }

    /** Returns a builder of a server over these checks. */
    public static HealthServerBuilder builder(Health health) {
        return builder(HealthEndpoint.of(health));
    }

    /** Returns a builder of a server over that endpoint. */
    public static HealthServerBuilder builder(HealthEndpoint endpoint) {
        return new HealthServerBuilder(endpoint);
    }

    /** Returns the port on which the server listens. */
    public int port() {
        return listeners.port();
    }

    private final class ServerProtocol implements Connection.Protocol {
        private final @Nullable SSLContext tls;
        private final boolean clientCertificate;
        private final long requestNanos;

        ServerProtocol(@Nullable SSLContext tls, boolean clientCertificate, long requestNanos) {
            this.tls = tls;
            this.clientCertificate = clientCertificate;
            this.requestNanos = requestNanos;
        }

        @Override
        public Socket secured(Socket plain) throws IOException {
            if (tls == null) {
                return plain;
            }
            String client = plain.getInetAddress().getHostAddress();
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, client, plain.getPort(), true);
            secure.setUseClientMode(false);
            secure.setNeedClientAuth(clientCertificate);
            return secure;
        }

        @Override
        public HealthResponse answer(HealthRequest request) {
            if (!isAuthorized(request)) {
                return HealthEndpoint.unauthorized(request);
            }
            HealthServerBuilder.Page page = pages.isEmpty() ? null : pages.get(RequestParts.canonical(request.path()));
            return page == null ? endpoint.handle(request) : show(page, request);
        }

        @Override
        public long requestNanos() {
            return requestNanos;
        }
    }

    private static HealthResponse show(HealthServerBuilder.Page page, HealthRequest request) {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) {
            return HealthResponse.of(Problem.notAllowed("GET, HEAD"), "no-store", false);
        }
        return HealthEndpoint.guarded(request, () -> {
            byte[] text = page.text().get().getBytes(StandardCharsets.UTF_8);
            return HealthResponse.of(CachedBody.fixed(200, page.contentType(), text), "no-store", head);
        });
    }

    private boolean isAuthorized(HealthRequest request) {
        if (authorization == null) {
            return true;
        }
        String sent = request.header("Authorization");
        return sent != null && MessageDigest.isEqual(authorization, sent.getBytes(StandardCharsets.UTF_8));
    }

    /** Stops listening and closes all connections at once. */
    @Override
    public void close() {
        listeners.close();
        connections.close();
    }
}
