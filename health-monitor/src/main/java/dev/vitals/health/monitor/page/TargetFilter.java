package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in the filter box: words, all of which must match. {@code label=value} is about a label, the name of a state or
 * {@code failing} about the state, and any other word is a part of the name, of the reason, or of the value of a label.
 * Immutable.
 */
record TargetFilter(String text) implements Predicate<WatchedTarget> {
    static final int MAX = 200;
    private static final String FAILING = "failing";

    static TargetFilter of(@Nullable String text) {
        String words = text == null ? "" : text.strip();
        return new TargetFilter(words.length() > MAX ? words.substring(0, MAX) : words);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    private List<String> words() {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public boolean test(WatchedTarget watched) {
        return words().stream().allMatch(word -> matches(word, watched));
    }

    private static boolean matches(String word, WatchedTarget watched) {
        State state = watched.state().state();
        if (word.equals(FAILING)) {
            return state != State.HEALTHY;
        }
        if (Stream.of(State.values()).anyMatch(one -> word.equals(lower(one.name())))) {
            return word.equals(lower(state.name()));
        }
        Map<String, String> labels = watched.target().labels();
        int equals = word.indexOf('=');
        if (equals > 0) {
            String wanted = word.substring(equals + 1);
            return labels.entrySet().stream()
                    .anyMatch(label -> lower(label.getKey()).equals(word.substring(0, equals))
                            && lower(label.getValue()).equals(wanted));
        }
        return Stream.concat(Stream.of(watched.id().toString(), watched.state().why()), labels.values().stream())
                .anyMatch(value -> lower(value).contains(word));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
