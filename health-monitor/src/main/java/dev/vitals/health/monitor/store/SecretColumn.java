package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which secrets a target has, as JSON in one column: their names alone, what they are is kept elsewhere. */
final class SecretColumn {
    private SecretColumn() {}

    static String write(Map<String, Secret> secrets) {
        return JsonColumn.list(List.copyOf(secrets.keySet()));
    }

    static Map<String, Secret> read(TargetId owner, String column, SecretValues values) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (String name : JsonColumn.readList(column)) {
            values.open(owner, name).ifPresent(secret -> secrets.put(name, secret));
        }
        return secrets;
    }
}
