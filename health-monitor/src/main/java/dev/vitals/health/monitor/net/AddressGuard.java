package dev.vitals.health.monitor.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Says which addresses may be connected to. Asked for each resolved address right before the connection to that very
 * address, so that a name cannot change its mind in between. Thread-safe; must not block.
 */
@FunctionalInterface
public interface AddressGuard {
    /** Lets everything through; for targets of the operator's own configuration. */
    AddressGuard NONE = address -> Optional.empty();

    /** Returns why that resolved address may not be connected to, in words for the registrar; empty if it may. */
    Optional<String> refusal(InetSocketAddress address);
}
