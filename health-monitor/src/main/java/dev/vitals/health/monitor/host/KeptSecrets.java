package dev.vitals.health.monitor.host;

import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeKinds;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.UnreadableProbe;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds the secrets of a check to a document that leaves them out: clients cannot read them, and so cannot send them again.
 * Not if the document names another server: a person who may change the URL must not learn the password that way.
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
        List<FieldError> lost = new ArrayList<>();
        before.secrets().forEach((name, secret) -> {
            String beside = BESIDE.get(name);
            // A null removes a secret; without the field beside it, a secret would be an error.
            boolean leftOut = !document.containsKey(name) && (beside == null || document.get(beside) != null);
            if (leftOut && !isNullHeader(name, document)) {
                if (before instanceof UnreadableProbe) {
                    lost.add(new FieldError(name, null, "given again, because the stored one cannot be read"));
                }
                kept.put(name, secret);
            }
        });
        if (!lost.isEmpty()) {
            throw new InvalidFieldsException(lost);
        }
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
                    && Uris.host(to) != null
                    && Objects.equals(Uris.host(to), Uris.host(from))
                    && Uris.port(to) == Uris.port(from);
        } catch (IllegalArgumentException noUrl) {
            return false;
        }
    }
}
