package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressGuard;
import java.time.Duration;
import java.util.Objects;

/**
 * Whether a port can be connected to.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 * @param timeout how long it may take to find the address and to connect, from 1 ms to 10 min
 * @param guard who says which addresses may be connected to
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
}
