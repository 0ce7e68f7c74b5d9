package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.util.Comparator;

/**
 * Names one running copy of an app.
 *
 * @param app the name of the app
 * @param instance the name of the copy, unique in its app
 */
public record TargetId(String app, String instance) implements Comparable<TargetId> {
    private static final Comparator<TargetId> ORDER =
            Comparator.comparing(TargetId::app).thenComparing(TargetId::instance);

    /** Refuses names that do not match {@link Require#NAME_PATTERN}. */
    public TargetId {
        Require.name("app", app);
        Require.name("instance", instance);
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
