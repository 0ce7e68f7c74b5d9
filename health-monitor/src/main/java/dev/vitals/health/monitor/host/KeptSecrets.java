package dev.vitals.health.monitor.host;

import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeKinds;
import dev.vitals.health.monitor.model.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the secrets that a check has into a document that is silent about them, for nobody can read them to send them
 * again. But never into one that leads to another server: whoever may change the URL must not learn the password so.
 */
final class KeptSecrets {
    private static final Map<String, String> BESIDE = Map.of("password", "user", "clientKey", "clientCertificate");

    private KeptSecrets() {}

    static Map<String, ?> in(Map<String, ?> document, Probe before) {
        Map<String, Object> fields = new LinkedHashMap<>();
        document.forEach((name, value) -> fields.put(name, value));
        if (!before.kind().equals(document.get("kind")) || !sameServer(document.get("url"), before)) {
            return fields;
        }
        Map<String, Secret> kept = new LinkedHashMap<>();
        before.secrets().forEach((name, secret) -> {
            String beside = BESIDE.get(name);
            // A null takes it away; without its other half it would be an error.
            boolean silent = !document.containsKey(name) && (beside == null || document.get(beside) != null);
            if (silent && !isNullHeader(name, document)) {
                kept.put(name, secret);
            }
        });
        Map<String, Object> all = ProbeKinds.withSecrets(fields, kept);
        if (all.get("headers") instanceof Map<?, ?> headers) {
            Map<Object, Object> given = new LinkedHashMap<>(headers);
            given.values().removeIf(value -> value == null || value.equals(""));
            all.put("headers", given);
        }
        return all;
    }

    private static boolean isNullHeader(String name, Map<String, ?> document) {
        return name.startsWith("headers.")
                && document.get("headers") instanceof Map<?, ?> headers
                && headers.containsKey(name.substring("headers.".length()));
    }

    private static boolean sameServer(@Nullable Object url, Probe before) {
        Object old = before.fields().get("url");
        if (!(url instanceof String text) || old == null) {
            return false;
        }
        try {
            URI to = URI.create(text);
            URI from = URI.create(old.toString());
            return Objects.equals(to.getScheme(), from.getScheme())
                    && Objects.equals(to.getHost(), from.getHost())
                    && to.getPort() == from.getPort();
        } catch (IllegalArgumentException noUrl) {
            return false;
        }
    }
}
