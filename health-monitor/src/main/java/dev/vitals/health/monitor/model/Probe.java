package dev.vitals.health.monitor.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of poll with its settings. Immutable; all settings are within their bounds.
 *
 * <p>The file, the API and the store share the fields: text, numbers, booleans, lists and maps of these. Secrets are
 * separate.
 */
public interface Probe {
    /** Returns the name of the kind, such as {@code health}. */
    String kind();

    /** Returns the settings by field, in a fixed order, without secrets; {@link ProbeKind#stored} does the reverse. */
    Map<String, Object> fields();

    /** Returns the secrets by field; {@code headers.NAME} is a member of the field {@code headers}. */
    default Map<String, Secret> secrets() {
        return Map.of();
    }

    /** Returns the endpoint that the monitor connects to; null if the settings do not name one. */
    default @Nullable Endpoint endpoint() {
        return null;
    }

    /** Returns whether the monitor connects to the app itself: no answer then means that the app is unreachable. */
    default boolean asksTheApp() {
        return false;
    }

    /** Returns a description in one line, for people; without secrets. */
    String subject();
}
