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
 * Selects targets: those that meet all given conditions. Immutable.
 *
 * @param host the host: the label {@code machine} of a target, or the host of a host check; null for any
 * @param service the app; null for any
 * @param labels labels that a target must have, with their values
 * @param targets the only targets that are selected; empty for any
 */
public record Selection(
        @Nullable String host, @Nullable String service, Map<String, String> labels, NavigableSet<TargetId> targets) {
    /** The maximum number of targets. */
    public static final int MAX_TARGETS = 10_000;

    /** The maximum size of a document, enough for the maximum number of the longest names. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    /** The maximum length of a host's name. */
    public static final int MAX_HOST = Labels.MAX_VALUE;

    /** The bound of a host, in words that follow "must be". */
    public static final String HOST = "text of 1 to " + MAX_HOST + " characters";

    /** The bound of a list of targets, in words that follow "must be". */
    public static final String TARGETS = "an array of 1 to " + MAX_TARGETS + " names of the form APP/INSTANCE";

    /** The minimum that a selection needs, in words that follow "must be". */
    public static final String SOMETHING = "host, service, a selector with a label, or targets (these alone)";

    private static final List<String> FIELDS = List.of("host", "service", "selector", "targets");

    /** Copies the collections. */
    public Selection {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        targets = Collections.unmodifiableNavigableSet(new TreeSet<>(targets));
    }

    /** Returns a selection of exactly these targets. */
    public static Selection of(Set<TargetId> targets) {
        return new Selection(null, null, Map.of(), new TreeSet<>(targets));
    }

    /** Adds an error for each field that is out of its bounds, and one if there is no condition at all. */
    public void check(FieldErrors errors) {
        errors.unless(host == null || fits(host, MAX_HOST), "host", host, HOST);
        errors.unless(service == null || TargetId.isName(service), "service", service, TargetId.BOUND);
        boolean labelsFit = labels.size() <= Labels.MAX
                && labels.entrySet().stream()
                        .allMatch(label -> TargetId.isName(label.getKey()) && fits(label.getValue(), Labels.MAX_VALUE));
        errors.unless(labelsFit, "selector", labels, Labels.BOUND);
        errors.unless(targets.size() <= MAX_TARGETS, "targets", targets.size() + " names", TARGETS);
        boolean described = host != null || service != null || !labels.isEmpty();
        // A field with an error is missing here, but the sender has given it.
        boolean complete = FIELDS.stream().noneMatch(errors::refused);
        errors.unless(!complete || described == targets.isEmpty(), described ? "targets" : "host", null, SOMETHING);
    }

    private static boolean fits(String text, int max) {
        return !text.isBlank() && text.length() <= max;
    }

    /** Returns whether the target is selected. */
    public boolean matches(Target target) {
        if (!targets.isEmpty()) {
            return targets.contains(target.id());
        }
        return isOnHost(target)
                && (service == null || service.equals(target.id().appOrHost()))
                && labels.entrySet().stream()
                        .allMatch(
                                label -> label.getValue().equals(target.labels().get(label.getKey())));
    }

    private boolean isOnHost(Target target) {
        return host == null
                || host.equals(target.labels().get(Labels.HOST))
                || (target.source() == Source.HOST && host.equals(target.id().appOrHost()));
    }

    /** Returns the conditions by their field names; {@link #read(Map)} is the inverse. */
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

    /** Returns the selection of a request; {@link #check} is still to be called. */
    public static Selection read(Fields fields) {
        Map<String, String> labels = new TreeMap<>();
        fields.map("selector", Labels.BOUND, Labels.MAX).forEach((name, value) -> {
            if (value instanceof String text) {
                labels.put(name, text);
            } else {
                fields.refuse("selector", value, Labels.BOUND);
            }
        });
        NavigableSet<TargetId> targets = fields.read("targets", TARGETS, Selection::targets);
        return new Selection(
                fields.text("host", HOST),
                fields.text("service", TargetId.BOUND),
                labels,
                targets == null ? new TreeSet<>() : targets);
    }

    private static @Nullable NavigableSet<TargetId> targets(Object value) {
        NavigableSet<TargetId> targets = new TreeSet<>();
        if (!(value instanceof List<?> names) || names.isEmpty()) {
            return null;
        }
        for (Object name : names) {
            Optional<TargetId> target = name instanceof String text ? TargetId.parse(text) : Optional.empty();
            if (target.isEmpty()) {
                return null;
            }
            targets.add(target.get());
        }
        return targets;
    }

    /** Returns the selection with the fields that {@link #fields()} returned. */
    public static Selection read(Map<String, Object> fields) {
        Map<String, String> labels = new TreeMap<>();
        if (fields.get("selector") instanceof Map<?, ?> selector) {
            selector.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        }
        NavigableSet<TargetId> targets = new TreeSet<>();
        if (fields.get("targets") instanceof List<?> names) {
            names.forEach(name -> TargetId.parse(String.valueOf(name)).ifPresent(targets::add));
        }
        return new Selection((String) fields.get("host"), (String) fields.get("service"), labels, targets);
    }

    /** Returns the conditions as text for people. */
    @Override
    public String toString() {
        return fields().toString();
    }
}
