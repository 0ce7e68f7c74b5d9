package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that only connects to a port.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 * @param timeout the time for lookup and connection, from 1 ms to 10 min
 * @param guard decides which addresses may be connected to
 */
public record TcpCall(String host, int port, Duration timeout, AddressGuard guard) {
    private static final int MAX_HOST_LENGTH = 255;
    private static final int MAX_PORT = 65_535;

    /** Refuses values out of their bounds. */
    public TcpCall {
        Require.text("host", host, MAX_HOST_LENGTH);
        Require.range("port", port, 1, MAX_PORT);
        Require.range("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
        Objects.requireNonNull(guard, "guard");
    }

    Exchange exchange(NetContext context, Consumer<ExchangeResult> done) {
        return new TcpExchange(context, this, done);
    }

    /** Connects, and closes the connection at once. */
    private static final class TcpExchange extends Exchange {
        private final TcpCall call;

        TcpExchange(NetContext context, TcpCall call, Consumer<ExchangeResult> done) {
            super(context, call.timeout, done);
            this.call = call;
        }

        @Override
        void start() {
            new Connector(this, call.host, call.port).begin();
        }

        @Override
        void connected(Channel open) {
            release();
            var unused = open.close();
            succeed(null);
        }

        @Override
        String host() {
            return call.host;
        }

        @Override
        @Nullable
        TlsSettings tls() {
            return null;
        }

        @Override
        AddressGuard guard() {
            return call.guard;
        }
    }
}
