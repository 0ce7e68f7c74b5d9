package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of probes that the monitor knows. Immutable. */
public final class ProbeKinds {
    private final Map<String, ProbeKind> byName = new LinkedHashMap<>();

    /** Creates a set of kinds with different names, in the order of the documentation. */
    public ProbeKinds(List<? extends ProbeKind> kinds) {
        kinds.forEach(kind -> byName.put(kind.name(), kind));
    }

    /** Returns the kinds that documents from this source may use. */
    public List<ProbeKind> allowedFor(Source source) {
        return byName.values().stream()
                .filter(kind -> kind.isAllowedFor(source))
                .toList();
    }

    /** Returns the names of the kinds that documents from this source may use. */
    public List<String> names(Source source) {
        return allowedFor(source).stream().map(ProbeKind::name).toList();
    }

    /**
     * Returns the kind with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public ProbeKind kind(String name) {
        ProbeKind kind = byName.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("kind must be one of " + byName.keySet() + ", was " + name);
        }
        return kind;
    }

    /**
     * Returns the fields with the secrets added. A secret named {@code headers.NAME} becomes a member of the object
     * {@code headers}. A field that is already present stays as it is.
     */
    public static Map<String, Object> withSecrets(Map<String, Object> fields, Map<String, Secret> secrets) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        secrets.forEach((name, secret) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                all.putIfAbsent(name, secret);
            } else {
                addMember(all, name.substring(0, dot), name.substring(dot + 1), secret);
            }
        });
        return all;
    }

    private static void addMember(Map<String, Object> all, String field, String member, Secret secret) {
        Object given = all.get(field);
        if (given == null && !all.containsKey(field)) {
            all.put(field, new LinkedHashMap<>(Map.of(member, secret)));
        } else if (given instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> members = new LinkedHashMap<>(map);
            if (!members.containsKey(member)) {
                members.put(member, secret);
            }
            all.put(field, members);
        }
    }
}
