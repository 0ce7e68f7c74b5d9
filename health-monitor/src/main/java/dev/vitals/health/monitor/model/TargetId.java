package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a target: of one running copy of an app, or of one check of a host.
 *
 * <p>The wire, the store and the log call the two parts {@code app} and {@code instance} for both.
 *
 * @param appOrHost the name of the app; for a host check that of the host
 * @param name the name of the instance, unique in its app; for a host check that of the check, unique on its host
 */
public record TargetId(String appOrHost, String name) implements Comparable<TargetId> {
    private static final Comparator<TargetId> ORDER =
            Comparator.comparing(TargetId::appOrHost).thenComparing(TargetId::name);

    /** The bound of each part, in words that follow "must be". */
    public static final String BOUND = "a name of the form " + Require.NAME_PATTERN + ", not . or ..";

    private static final Pattern NAME = Pattern.compile(Require.NAME_PATTERN);

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if one of them is not a name
     */
    public TargetId {
        requireName("app", appOrHost);
        requireName("instance", name);
    }

    /** Returns whether the text can be one of the two parts. A URL would lose a part that consists of dots alone. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    /** Returns the id with the text {@code app/instance}; empty if the text is malformed. */
    public static Optional<TargetId> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isName(text.substring(0, slash)) || !isName(text.substring(slash + 1))) {
            return Optional.empty();
        }
        return Optional.of(new TargetId(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static void requireName(String field, String value) {
        if (!isName(value)) {
            throw new IllegalArgumentException(field + " must be " + BOUND + ", was " + Require.shown(value));
        }
    }

    @Override
    public int compareTo(TargetId other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code app/instance}, the form in logs and URLs. */
    @Override
    public String toString() {
        return appOrHost + "/" + name;
    }
}
