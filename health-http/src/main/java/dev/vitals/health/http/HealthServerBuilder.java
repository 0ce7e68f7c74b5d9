package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link HealthServer}. Bad values are refused at once. Not thread-safe. */
public final class HealthServerBuilder {
    private static final int MAX_PORT = 65_535;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,500}");

    final HealthEndpoint endpoint;
    InetAddress bind = InetAddress.getLoopbackAddress();
    int port;

    @Nullable
    String token;

    @Nullable
    SSLContext tls;

    boolean clientCertificate;

    HealthServerBuilder(HealthEndpoint endpoint) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /** The port to listen on; from 0 to 65,535, default 0 for any free port. */
    public HealthServerBuilder port(int port) {
        this.port = Require.range("port", port, 0, MAX_PORT);
        return this;
    }

    /** The address to listen on; default is the loopback address, which only this host can reach. */
    public HealthServerBuilder bind(InetAddress address) {
        this.bind = Objects.requireNonNull(address, "address");
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
     * @throws IllegalStateException if the JVM runs without the module {@code jdk.httpserver}
     */
    public HealthServer start() {
        if (ModuleLayer.boot().findModule("jdk.httpserver").isEmpty()) {
            throw new IllegalStateException("HealthServer needs the module jdk.httpserver, which this JVM runs without:"
                    + " add \"requires jdk.httpserver;\" to your module-info.java");
        }
        return new HealthServer(this);
    }
}
