package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names one running copy of an app.
 *
 * @param app the name of the app
 * @param instance the name of the copy, unique in its app
 */
public record TargetId(String app, String instance) implements Comparable<TargetId> {
    private static final Comparator<TargetId> ORDER =
            Comparator.comparing(TargetId::app).thenComparing(TargetId::instance);

    /** What a name is, in words that follow "must be". */
    public static final String BOUND = "a name of the form " + Require.NAME_PATTERN + ", not . or ..";

    private static final Pattern NAME = Pattern.compile(Require.NAME_PATTERN);

    /** Refuses what is no name. */
    public TargetId {
        requireName("app", app);
        requireName("instance", instance);
    }

    /** Returns whether it may name an app or an instance; dots alone would be lost in a path. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
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

    /** Returns {@code app/instance}, as people read it in logs and URLs. */
    @Override
    public String toString() {
        return app + "/" + instance;
    }
}
