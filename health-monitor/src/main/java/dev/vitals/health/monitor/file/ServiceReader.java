package dev.vitals.health.monitor.file;

import dev.vitals.health.monitor.model.CheckReader;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes targets of the values of a file. One use each. */
final class ServiceReader {
    private static final String SERVICES = "services";
    private static final String CHECK = "health_check";
    private static final String LOCALHOST = "localhost";
    private static final String MACHINES =
            "a list of 1 to 1000 different names (" + TargetId.BOUND + "), beside which there is no machine";
    private static final String CLUSTER = "text of 1 to 200 characters";
    private static final int MAX_MACHINES = 1_000;

    private final Map<TargetId, ProbeSettings> targets = new LinkedHashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    Map<TargetId, ProbeSettings> read(@Nullable Object root) {
        if (!(root instanceof Map<?, ?> map) || !(map.get(SERVICES) instanceof Map<?, ?> services)) {
            Object was = root instanceof Map<?, ?> map ? map.get(SERVICES) : root;
            errors.add(new FieldError(SERVICES, was, "a mapping of names of services to what they are"));
            return Map.of();
        }
        map.keySet().stream()
                .filter(key -> !SERVICES.equals(key))
                .forEach(key ->
                        errors.add(new FieldError(key.toString(), "there", "absent; the fields are " + SERVICES)));
        services.forEach((name, service) -> service(name.toString(), service));
        return targets;
    }

    private void service(String name, @Nullable Object service) {
        String path = SERVICES + "." + name;
        if (!TargetId.isName(name)) {
            errors.add(new FieldError(path, name, TargetId.BOUND));
        }
        if (!(service instanceof Map<?, ?> values)) {
            errors.add(new FieldError(path, service, "a mapping with " + CHECK));
            return;
        }
        // Once for what is the same on all machines, so that no error is told twice.
        Fields fields = Fields.of(strings(values), Naming.SNAKE);
        Set<String> machines = machines(fields);
        Map<String, String> labels = new LinkedHashMap<>(CheckReader.labels(fields));
        String cluster = fields.text("cluster", CLUSTER, text -> !text.isBlank() && text.length() <= 200);
        if (cluster != null) {
            CheckReader.addLabel(fields, labels, "cluster", cluster);
        }
        // Its value is each machine's own.
        CheckReader.addLabel(fields, labels, "machine", LOCALHOST);
        List<String> notify = CheckReader.notifyAddresses(fields);
        Object check = fields.value("healthCheck");
        if (!(check instanceof Map)) {
            fields.refuse("healthCheck", check, "a mapping with type");
        }
        fields.refuseOthers();
        fields.refusals().errors().forEach(error -> errors.add(below(path, error)));
        if (!(check instanceof Map<?, ?> given)) {
            return;
        }
        Set<FieldError> told = new LinkedHashSet<>();
        for (String machine : machines) {
            Map<String, String> own = new LinkedHashMap<>(labels);
            own.put("machine", machine);
            ProbeSettings settings = settings(strings(given), machine, notify, own, told);
            if (settings != null && TargetId.isName(name) && TargetId.isName(machine)) {
                targets.put(new TargetId(name, machine), settings);
            }
        }
        told.forEach(error -> errors.add(below(path + "." + CHECK, error)));
    }

    private static @Nullable ProbeSettings settings(
            Map<String, @Nullable Object> given,
            String machine,
            List<String> notify,
            Map<String, String> labels,
            Set<FieldError> told) {
        Fields fields = Fields.of(MachinePlaceholder.fill(given, machine), Naming.SNAKE);
        String kind = CheckReader.kind(fields, "type", Source.FILE);
        boolean known = !fields.refusals().any();
        ProbeSettings settings = CheckReader.settings(fields, kind, Source.FILE, notify, labels);
        if (known) {
            // Which fields there may be depends on the kind.
            fields.refuseOthers();
        }
        told.addAll(fields.refusals().errors());
        return fields.refusals().any() ? null : settings;
    }

    private static Set<String> machines(Fields fields) {
        String one = fields.text("machine", TargetId.BOUND, TargetId::isName);
        List<Object> members = fields.list("machines", MACHINES, 1, MAX_MACHINES);
        Set<String> machines = new LinkedHashSet<>();
        for (int i = 0; i < members.size(); i++) {
            String machine = members.get(i).toString();
            if (!TargetId.isName(machine) || !machines.add(machine)) {
                fields.refuse("machines[" + i + "]", machine, "a different name each: " + TargetId.BOUND);
            }
        }
        if (fields.value("machine") != null && fields.value("machines") != null) {
            fields.refuse("machines", members, "absent beside machine");
        }
        if (machines.isEmpty()) {
            machines.add(one == null ? LOCALHOST : one);
        }
        return machines;
    }

    private static FieldError below(String path, FieldError error) {
        return new FieldError(path + "." + error.field(), error.value(), error.bound());
    }

    private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        Map<String, @Nullable Object> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(String.valueOf(key), value));
        return strings;
    }

    List<FieldError> errors() {
        return errors;
    }
}
