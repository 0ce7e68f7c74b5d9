package dev.vitals.health.monitor.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which targets are meant: all that is given must hold. Immutable.
 *
 * @param host the label {@code machine}, or the host whose check it is; null for any
 * @param service the app; null for any
 * @param labels labels that must all be there with these values
 * @param targets the names, where targets are named one by one; empty for any
 */
public record Selection(
        @Nullable String host, @Nullable String service, Map<String, String> labels, NavigableSet<TargetId> targets) {
    /** The label that says on which machine a target runs. */
    public static final String HOST_LABEL = "machine";

    /** The most targets that can be named one by one. */
    public static final int MAX_TARGETS = 10_000;

    /** How long a document can be that names so many, each as long as may be. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    /** The names of the fields on the wire. */
    private static final List<String> FIELDS = List.of("host", "service", "selector", "targets");

    /** The longest name of a host. */
    public static final int MAX_HOST = RegistrationLimits.MAX_LABEL_VALUE;

    /** What a host is, in words that follow "must be". */
    public static final String HOST = "text of 1 to " + MAX_HOST + " characters";

    /** What a list of targets is, in words that follow "must be". */
    public static final String TARGETS = "an array of 1 to " + MAX_TARGETS + " names of the form APP/INSTANCE";

    /** What is needed at least, in words that follow "must be". */
    public static final String SOMETHING = "host, service, a selector with a label, or targets (these alone)";

    /** Copies the collections. */
    public Selection {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        targets = Collections.unmodifiableNavigableSet(new TreeSet<>(targets));
    }

    /** Returns a selection of these targets and no others. */
    public static Selection of(Set<TargetId> targets) {
        return new Selection(null, null, Map.of(), new TreeSet<>(targets));
    }

    /** Notes what is out of its bounds; a selection that selects nothing is. */
    public void judge(FieldErrors refusals) {
        refusals.unless(host == null || fits(host, MAX_HOST), "host", host, HOST);
        refusals.unless(service == null || TargetId.isName(service), "service", service, TargetId.BOUND);
        boolean labelsFit = labels.size() <= RegistrationLimits.MAX_LABELS
                && labels.entrySet().stream()
                        .allMatch(label -> TargetId.isName(label.getKey())
                                && fits(label.getValue(), RegistrationLimits.MAX_LABEL_VALUE));
        refusals.unless(labelsFit, "selector", labels, RegistrationLimits.LABELS);
        refusals.unless(targets.size() <= MAX_TARGETS, "targets", targets.size() + " names", TARGETS);
        boolean described = host != null || service != null || !labels.isEmpty();
        // What was refused for its type is missing here, and need not be asked for.
        boolean whole = FIELDS.stream().noneMatch(refusals::refused);
        refusals.unless(!whole || described == targets.isEmpty(), described ? "targets" : "host", null, SOMETHING);
    }

    private static boolean fits(String text, int max) {
        return !text.isBlank() && text.length() <= max;
    }

    /** Returns whether the target is meant. */
    public boolean matches(Target target) {
        if (!targets.isEmpty()) {
            return targets.contains(target.id());
        }
        return onHost(target)
                && (service == null || service.equals(target.id().appOrHost()))
                && labels.entrySet().stream()
                        .allMatch(
                                label -> label.getValue().equals(target.labels().get(label.getKey())));
    }

    private boolean onHost(Target target) {
        return host == null
                || host.equals(target.labels().get(HOST_LABEL))
                || (target.source() == Source.HOST && host.equals(target.id().appOrHost()));
    }

    /** Returns the target of that name {@code APP/INSTANCE}; empty if it is none. */
    public static Optional<TargetId> target(String name) {
        int slash = name.indexOf('/');
        if (slash < 0 || !TargetId.isName(name.substring(0, slash)) || !TargetId.isName(name.substring(slash + 1))) {
            return Optional.empty();
        }
        return Optional.of(new TargetId(name.substring(0, slash), name.substring(slash + 1)));
    }

    /** Returns what is given, by the names of the fields on the wire; {@link #read(Map)} does the reverse. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (host != null) {
            fields.put("host", host);
        }
        if (service != null) {
            fields.put("service", service);
        }
        if (!labels.isEmpty()) {
            fields.put("selector", labels);
        }
        if (!targets.isEmpty()) {
            fields.put("targets", targets.stream().map(TargetId::toString).toList());
        }
        return fields;
    }

    /** Returns what the fields of a request select, to be judged with the rest of them. */
    public static Selection read(Fields fields) {
        Map<String, String> labels = new TreeMap<>();
        fields.map("selector", RegistrationLimits.LABELS, RegistrationLimits.MAX_LABELS)
                .forEach((name, value) -> {
                    if (value instanceof String text) {
                        labels.put(name, text);
                    } else {
                        fields.refuse("selector", value, RegistrationLimits.LABELS);
                    }
                });
        NavigableSet<TargetId> targets = fields.read("targets", TARGETS, Selection::named);
        return new Selection(
                fields.text("host", HOST),
                fields.text("service", TargetId.BOUND),
                labels,
                targets == null ? new TreeSet<>() : targets);
    }

    private static @Nullable NavigableSet<TargetId> named(Object value) {
        NavigableSet<TargetId> targets = new TreeSet<>();
        if (!(value instanceof List<?> names) || names.isEmpty()) {
            return null;
        }
        for (Object name : names) {
            Optional<TargetId> target = name instanceof String text ? target(text) : Optional.empty();
            if (target.isEmpty()) {
                return null;
            }
            targets.add(target.get());
        }
        return targets;
    }

    /** Returns the selection that was kept. */
    public static Selection read(Map<String, Object> fields) {
        Map<String, String> labels = new TreeMap<>();
        if (fields.get("selector") instanceof Map<?, ?> selector) {
            selector.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        }
        NavigableSet<TargetId> targets = new TreeSet<>();
        if (fields.get("targets") instanceof List<?> names) {
            names.forEach(name -> target(String.valueOf(name)).ifPresent(targets::add));
        }
        return new Selection((String) fields.get("host"), (String) fields.get("service"), labels, targets);
    }

    /** Returns what is meant, for people. */
    @Override
    public String toString() {
        return fields().toString();
    }
}
