package dev.vitals.health.monitor.model;

import dev.vitals.health.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a health document says about one component of the target.
 *
 * @param name the key in the document, such as {@code database:responseTime}
 * @param status how the component is
 * @param output what is wrong with it, if that was said
 * @param observedValue the number that was measured; null if there is none
 * @param observedUnit its unit, if that was said
 */
public record ComponentState(
        String name,
        Status status,
        @Nullable String output,
        @Nullable Double observedValue,
        @Nullable String observedUnit) {
    /** Returns a component of which nothing was measured. */
    public ComponentState(String name, Status status, @Nullable String output) {
        this(name, status, output, null, null);
    }

    /** Returns whether both tell of the same situation. */
    boolean saysTheSameAs(ComponentState other) {
        return name.equals(other.name) && status == other.status && Objects.equals(output, other.output);
    }
}
