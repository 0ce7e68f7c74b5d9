package dev.vitals.health.monitor.file;

import dev.vitals.health.monitor.model.Dependencies;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the values of a services file into targets, one for each service and host. For a single file. */
final class ServiceReader {
    private static final String SERVICES = "services";
    private static final String A_MAPPING = "a mapping of service names to services";
    private static final String CHECK = "health_check";
    private static final String PLACEHOLDER = "{machine}";
    private static final String LOCALHOST = "localhost";
    private static final String MACHINES =
            "a list of 1 to 1000 different names (" + TargetId.BOUND + "), without machine beside it";
    private static final String CLUSTER = "text of 1 to 200 characters";
    private static final int MAX_MACHINES = 1_000;

    /** The part of a service that is the same on all its hosts. */
    private record Service(String name, Set<String> hosts, Map<String, String> labels, List<String> addresses) {}

    private final Map<TargetId, ProbeSettings> targets = new LinkedHashMap<>();
    private final List<FieldError> errors = new ArrayList<>();
    private final SettingsReader reader;

    ServiceReader(SettingsReader reader) {
        this.reader = reader;
    }

    /** Returns the targets; {@link #errors()} tells whether they can be used. */
    Map<TargetId, ProbeSettings> read(@Nullable Object root) {
        if (!(root instanceof Map<?, ?> map)) {
            errors.add(new FieldError(SERVICES, root, A_MAPPING));
            return Map.of();
        }
        Object services = map.get(SERVICES);
        if (services instanceof Map<?, ?> all) {
            all.forEach((name, service) -> service(name.toString(), service));
        } else if (map.containsKey(SERVICES) || Collections.disjoint(map.keySet(), RuleSections.KEYS)) {
            errors.add(new FieldError(SERVICES, services, A_MAPPING));
        }
        String bound = "absent; the fields are " + SERVICES + ", " + String.join(", ", RuleSections.KEYS);
        map.keySet().stream()
                .filter(key -> !SERVICES.equals(key) && !RuleSections.KEYS.contains(key))
                .forEach(key -> errors.add(new FieldError(key.toString(), "there", bound)));
        return targets;
    }

    private void service(String name, @Nullable Object value) {
        String path = SERVICES + "." + name;
        if (!TargetId.isName(name)) {
            errors.add(new FieldError(path, name, TargetId.BOUND));
        }
        if (!(value instanceof Map<?, ?> values)) {
            errors.add(new FieldError(path, value, "a mapping with " + CHECK));
            return;
        }
        Map<String, @Nullable Object> keys = keysAsText(values);
        if (keys.containsKey(Dependencies.FIELD) && !keys.containsKey("depends_on")) {
            // The spelling of registrations is accepted, too.
            keys.put("depends_on", keys.remove(Dependencies.FIELD));
        }
        Fields fields = Fields.of(keys, Naming.SNAKE);
        Service service =
                new Service(name, hosts(fields), labels(fields), SettingsReader.notifyAddresses(fields, Source.FILE));
        checkDependencies(fields, service);
        Object check = fields.value("healthCheck");
        if (!(check instanceof Map)) {
            fields.refuse("healthCheck", check, "a mapping with type");
        }
        fields.refuseOthers();
        fields.errors().errors().forEach(error -> errors.add(below(path, error)));
        if (check instanceof Map<?, ?> given) {
            check(service, keysAsText(given)).forEach(error -> errors.add(below(path + "." + CHECK, error)));
        }
    }

    private static void checkDependencies(Fields fields, Service service) {
        String field = fields.value(Dependencies.FIELD) == null ? Dependencies.LABEL_FIELD : Dependencies.FIELD;
        for (String host : service.hosts()) {
            if (TargetId.isName(service.name()) && TargetId.isName(host)) {
                Dependencies.check(
                        fields,
                        field,
                        new TargetId(/* appOrHost= */ service.name(), /* name= */ host),
                        service.labels());
            }
        }
    }

    private static Map<String, String> labels(Fields fields) {
        Map<String, String> labels = Labels.read(fields);
        Dependencies.read(fields, labels);
        String cluster = fields.text("cluster", CLUSTER, text -> !text.isBlank() && text.length() <= 200);
        if (cluster != null) {
            Labels.add(fields, labels, "cluster", cluster);
        }
        // Counts towards the maximum; each target gets the name of its host.
        Labels.add(fields, labels, Labels.HOST, LOCALHOST);
        return labels;
    }

    /** Adds the targets of a service; returns the errors of its check, each once for all hosts. */
    private Set<FieldError> check(Service service, Map<String, @Nullable Object> check) {
        Set<FieldError> checkErrors = new LinkedHashSet<>();
        for (String host : service.hosts()) {
            Map<String, String> labels = new LinkedHashMap<>(service.labels());
            labels.put(Labels.HOST, host);
            Fields fields = Fields.of(withHost(check, host), Naming.SNAKE);
            ProbeSettings settings = reader.read(fields, Source.FILE, service.addresses(), labels);
            checkErrors.addAll(fields.errors().errors());
            if (!fields.errors().any() && TargetId.isName(service.name()) && TargetId.isName(host)) {
                targets.put(new TargetId(/* appOrHost= */ service.name(), /* name= */ host), settings);
            }
        }
        return checkErrors;
    }

    /** Returns the fields with the host in place of each {@code {machine}} in a text. */
    private static Map<String, @Nullable Object> withHost(Map<String, @Nullable Object> fields, String host) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        fields.forEach((name, value) -> filled.put(name, withHost(value, host)));
        return filled;
    }

    private static @Nullable Object withHost(@Nullable Object value, String host) {
        if (value instanceof String text) {
            return text.replace(PLACEHOLDER, host);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> filled = new ArrayList<>();
            list.forEach(member -> filled.add(withHost(member, host)));
            return filled;
        }
        return value;
    }

    private static Set<String> hosts(Fields fields) {
        String one = fields.text("machine", TargetId.BOUND, TargetId::isName);
        List<Object> members = fields.list("machines", MACHINES, 1, MAX_MACHINES);
        Set<String> hosts = new LinkedHashSet<>();
        for (int i = 0; i < members.size(); i++) {
            String host = members.get(i).toString();
            if (!TargetId.isName(host) || !hosts.add(host)) {
                fields.refuse("machines[" + i + "]", host, "a different name each: " + TargetId.BOUND);
            }
        }
        if (fields.value("machine") != null && fields.value("machines") != null) {
            fields.refuse("machines", members, "absent beside machine");
        }
        if (hosts.isEmpty()) {
            hosts.add(one == null ? LOCALHOST : one);
        }
        return hosts;
    }

    /** Returns the error with the path of the field from the root. */
    static FieldError below(String path, FieldError error) {
        return new FieldError(path + "." + error.field(), error.value(), error.bound());
    }

    static Map<String, @Nullable Object> keysAsText(Map<?, ?> map) {
        Map<String, @Nullable Object> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(String.valueOf(key), value));
        return strings;
    }

    /** Returns the errors, with the path of each field from the root. */
    List<FieldError> errors() {
        return errors;
    }
}
