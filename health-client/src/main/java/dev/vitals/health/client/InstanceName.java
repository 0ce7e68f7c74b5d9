package dev.vitals.health.client;

import dev.vitals.health.internal.Uris;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The instance's name: given by the user, or made once from the host's name and the port. Thread-safe. */
final class InstanceName {
    // Leaves space for a dash and five digits.
    private static final int MAX_HOST = 94;

    private final AtomicReference<@Nullable String> name;

    InstanceName(@Nullable String chosen) {
        name = new AtomicReference<>(chosen);
    }

    Optional<String> known() {
        return Optional.ofNullable(name.get());
    }

    /** Returns the name; the first call makes it. May ask the resolver. */
    String of(URI url) {
        String known = name.get();
        if (known != null) {
            return known;
        }
        String made = made(hostName(url), Uris.port(url));
        return name.compareAndSet(null, made) ? made : of(url);
    }

    static String made(String host, int port) {
        String clean = host.replaceAll("[^A-Za-z0-9._-]+", "-");
        return clean.substring(0, Math.min(clean.length(), MAX_HOST)) + "-" + port;
    }

    private static String hostName(URI url) {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            // A host whose name cannot be resolved still has the address that the monitor uses.
            return url.getHost();
        }
    }
}
