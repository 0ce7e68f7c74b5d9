package dev.vitals.health.http;

import dev.vitals.health.internal.Require;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link HealthServer}. Refuses bad values at once. Not thread-safe. */
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

    /** The port to listen on; default 0, any free one. From 0 to 65,535. */
    public HealthServerBuilder port(int port) {
        this.port = Require.range("port", port, 0, MAX_PORT);
        return this;
    }

    /** The address to listen on; default is the loopback address, so that only this machine can ask. */
    public HealthServerBuilder bind(InetAddress address) {
        this.bind = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * Answers only who sends it as a bearer token, {@code /_ping} included; default is to answer everybody.
     *
     * @throws IllegalArgumentException unless it is 16 to 500 visible ASCII characters; the message does not hold it
     */
    public HealthServerBuilder token(String token) {
        if (!TOKEN.matcher(Objects.requireNonNull(token, "token")).matches()) {
            throw new IllegalArgumentException("token must have 16 to 500 visible ASCII characters, was one of "
                    + token.length() + " characters (not shown)");
        }
        this.token = token;
        return this;
    }

    /** Speaks TLS with the key and trust of that context; default is plain HTTP. */
    public HealthServerBuilder tls(SSLContext context) {
        this.tls = Objects.requireNonNull(context, "context");
        return this;
    }

    /** The same, and answers only clients whose certificate the context trusts. */
    public HealthServerBuilder mutualTls(SSLContext context) {
        this.clientCertificate = true;
        return tls(context);
    }

    /**
     * Begins to listen.
     *
     * @throws java.io.UncheckedIOException if the port is taken or the address is not one of this machine
     */
    public HealthServer start() {
        return new HealthServer(this);
    }
}
