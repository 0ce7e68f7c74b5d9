package dev.vitals.health.monitor.channel;

import dev.vitals.health.monitor.model.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it was configured.
 *
 * @param name unique; not {@code mail}, which is the mail server of the monitor
 * @param type the name of its {@link ChannelType}
 * @param fields its settings except secrets: text, numbers, booleans, and lists and maps of these
 * @param secrets its secrets by their names; never shown
 * @param fromFile whether it comes from the services file; such a channel cannot be changed over the API
 * @param problem why it cannot be used, such as a lost secret; null if it can
 */
public record ChannelSettings(
        String name,
        String type,
        Map<String, Object> fields,
        Map<String, Secret> secrets,
        boolean fromFile,
        @Nullable String problem) {
    /** Copies the maps. */
    public ChannelSettings {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    /** Returns a setting that the type requires. */
    String text(String field) {
        return String.valueOf(fields.get(field));
    }

    /** Returns a secret that the type requires. */
    Secret secret(String field) {
        return Objects.requireNonNull(secrets.get(field), field);
    }

    /** A channel that can be used. */
    public ChannelSettings(
            String name, String type, Map<String, Object> fields, Map<String, Secret> secrets, boolean fromFile) {
        this(name, type, fields, secrets, fromFile, null);
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return name + " (" + type + ") " + fields;
    }
}
