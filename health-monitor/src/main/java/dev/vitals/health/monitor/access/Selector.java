package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Require;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses targets by their labels: {@code environment=prod,cluster=a} chooses those that have both. Immutable.
 *
 * @param labels what the labels of a target must be
 */
public record Selector(Map<String, String> labels) {
    /** What a selector is, in words that follow "must be". */
    public static final String BOUND =
            "labels such as environment=prod or environment=prod,cluster=a, up to 500 characters";

    private static final int MAX_LENGTH = 500;
    private static final Pattern LABEL = Pattern.compile("(" + Require.NAME_PATTERN + ")=([^,=\\p{Cntrl}]{1,200})");

    /** Copies the map. */
    public Selector {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Returns the selector that the text says; empty if it says none. */
    public static Optional<Selector> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Map<String, String> labels = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            var label = LABEL.matcher(part);
            if (!label.matches() || labels.put(label.group(1), label.group(2)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Selector(labels));
    }

    /** Returns whether a target with those labels is chosen. */
    public boolean matches(Map<String, String> target) {
        return target.entrySet().containsAll(labels.entrySet());
    }

    /** Returns the selector as it is written. */
    @Override
    public String toString() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
