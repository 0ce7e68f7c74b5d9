package dev.vitals.health.monitor.address;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Decides whether the monitor may connect to an address. It is asked for each resolved address immediately before the
 * connection to exactly that address, so a name that resolves differently later gains nothing. Thread-safe; must not
 * block.
 */
@FunctionalInterface
public interface AddressGuard {
    /** Allows every address; for targets from the operator's own configuration. */
    AddressGuard NONE = address -> Optional.empty();

    /** Returns why the resolved address is refused, as text for the client that registers; empty if it is allowed. */
    Optional<String> refusal(InetSocketAddress address);
}
