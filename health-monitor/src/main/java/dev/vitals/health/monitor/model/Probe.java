package dev.vitals.health.monitor.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at, and how: one kind of check with its values. Immutable, and within all bounds.
 *
 * <p>The fields are what the file, the API and the store share: text, numbers, booleans, lists and maps of these. What
 * nobody may read is not among them, but with the secrets.
 */
public sealed interface Probe
        permits DnsProbe, ExecProbe, HealthProbe, HttpProbe, ProcessProbe, PushProbe, ServiceProbe, TcpProbe, TlsProbe {
    /** Returns the word for the kind, such as {@code health}. */
    String kind();

    /**
     * Returns the values by the names of their fields, in a fixed order; {@link ProbeKind#read} does the reverse.
     * Without secrets.
     */
    Map<String, Object> fields();

    /** Returns the secrets by the names of their fields; {@code headers.NAME} for one header. */
    default Map<String, Secret> secrets() {
        return Map.of();
    }

    /** Returns where a connection is opened to; null if to nowhere that the fields name. */
    default @Nullable Endpoint endpoint() {
        return null;
    }

    /** Returns whether it is the app itself that is connected to: no answer then says that it cannot be reached. */
    default boolean asksTheApp() {
        return false;
    }

    /** Returns what is looked at in one line, for people; without secrets. */
    String subject();
}
