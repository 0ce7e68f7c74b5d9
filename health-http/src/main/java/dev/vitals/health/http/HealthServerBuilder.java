package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link HealthServer}. Bad values are refused at once. Not thread-safe. */
public final class HealthServerBuilder {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_ADDRESS = 253;
    private static final Duration SHORTEST_REQUEST = Duration.ofMillis(100);
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,500}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[ -~]+");

    final HealthEndpoint endpoint;
    final Map<String, Page> pages = new HashMap<>();
    int port;
    Duration request = Duration.ofSeconds(10);

    @Nullable
    InetAddress bind;

    @Nullable
    String token;

    @Nullable
    SSLContext tls;

    boolean clientCertificate;

    /** A page beside the endpoints. */
    record Page(String contentType, Supplier<String> text) {}

    HealthServerBuilder(HealthEndpoint endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /** The port to listen on; from 0 to 65,535, default 0 for any free port. */
    public HealthServerBuilder port(int port) {
        this.port = Require.range("port", port, 0, MAX_PORT);
        return this;
    }

    /** The address to listen on; default are the loopback addresses 127.0.0.1 and ::1, which only this host can reach. */
    public HealthServerBuilder bind(InetAddress address) {
        this.bind = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * The address to listen on, such as {@code 0.0.0.0} for all addresses of this host, as a container needs it.
     *
     * @throws IllegalArgumentException if the address is unknown; a name is looked up
     */
    public HealthServerBuilder bind(String address) {
        try {
            return bind(InetAddress.getByName(Require.text("address", address, MAX_ADDRESS)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "address must be one of this host, such as 0.0.0.0, was " + Require.shown(address), e);
        }
    }

    /**
     * How long a client may take to send a request, and to read the answer; from 100 ms to a minute, default 10 s. A
     * connection that takes longer is closed.
     */
    public HealthServerBuilder requestTimeout(Duration timeout) {
        this.request = Require.range("requestTimeout", timeout, SHORTEST_REQUEST, LONGEST_REQUEST);
        return this;
    }

    /**
     * Serves one more page, such as {@code /metrics}, to GET and HEAD. It needs the token, as all paths do. If the
     * supplier throws, the answer is 503 and the log says why.
     *
     * @param path letters, digits and {@code ._~-}, after a slash; it stands for this path alone
     * @param contentType such as {@code text/plain; version=0.0.4; charset=utf-8}
     * @param text is called for each request, on a thread of the server, several at once; is sent as UTF-8
     * @throws IllegalArgumentException if the path is in use
     */
    public HealthServerBuilder handle(String path, String contentType, Supplier<String> text) {
        if (!PATH.matcher(Objects.requireNonNull(path, "path")).matches()) {
            throw new IllegalArgumentException("path must match " + PATH.pattern() + ", was " + Require.shown(path));
        }
        if (!CONTENT_TYPE
                .matcher(Objects.requireNonNull(contentType, "contentType"))
                .matches()) {
            throw new IllegalArgumentException(
                    "contentType must match " + CONTENT_TYPE.pattern() + ", was " + Require.shown(contentType));
        }
        boolean taken = pages.containsKey(path)
                || endpoint.paths().stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
        if (taken) {
            throw new IllegalArgumentException("path must not be in use yet, was " + Require.shown(path));
        }
        pages.put(path, new Page(contentType, Objects.requireNonNull(text, "text")));
        return this;
    }

    /**
     * Requires this bearer token for every path, {@code /_ping} included; default is none.
     *
     * @throws IllegalArgumentException if the token does not have 16 to 500 visible ASCII characters; the message does
     *     not show it
     */
    public HealthServerBuilder token(String token) {
        if (!TOKEN.matcher(Objects.requireNonNull(token, "token")).matches()) {
            throw new IllegalArgumentException("token must have 16 to 500 visible ASCII characters, had "
                    + token.length() + " characters (not shown)");
        }
        this.token = token;
        return this;
    }

    /** Serves over TLS with the key and trust of this context; default is plain HTTP. */
    public HealthServerBuilder tls(SSLContext context) {
        this.tls = Objects.requireNonNull(context, "context");
        return this;
    }

    /** Serves over TLS, and only clients whose certificate this context trusts. */
    public HealthServerBuilder mutualTls(SSLContext context) {
        this.clientCertificate = true;
        return tls(context);
    }

    /**
     * Starts the server.
     *
     * @throws java.io.UncheckedIOException if the port is in use or the address does not belong to this host
     */
    public HealthServer start() {
        return new HealthServer(this);
    }
}
