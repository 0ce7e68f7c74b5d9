package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The secrets of one target as JSON in one column: names in plain, values sealed. */
final class SecretColumn {
    private SecretColumn() {}

    static String write(TargetId owner, Map<String, Secret> secrets, SecretValues values) {
        Map<String, String> column = new LinkedHashMap<>();
        secrets.forEach((name, secret) -> column.put(name, values.seal(owner.toString(), secret.reveal())));
        return JsonColumn.map(column);
    }

    static Map<String, Secret> read(TargetId owner, String column, SecretValues values) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        JsonColumn.readMap(column)
                .forEach((name, value) -> secrets.put(name, Secret.of(values.open(owner.toString(), value))));
        return secrets;
    }
}
