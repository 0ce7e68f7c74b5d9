package dev.vitals.health.monitor.model;

import dev.vitals.health.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component of a target, from the health document that the target answered.
 *
 * @param name the key in the document, such as {@code database:responseTime}
 * @param status the status of the component
 * @param output the reason of the status; null if none was given
 * @param observedValue the measured number; null if there is none
 * @param observedUnit the unit of the number; null if none was given
 */
public record ComponentState(
        String name,
        Status status,
        @Nullable String output,
        @Nullable Double observedValue,
        @Nullable String observedUnit) {
    /** Creates a component without a measured number. */
    public ComponentState(String name, Status status, @Nullable String output) {
        this(name, status, output, null, null);
    }

    /** Returns whether both are equal apart from measured numbers. */
    boolean isSameAs(ComponentState other) {
        return name.equals(other.name) && status == other.status && Objects.equals(output, other.output);
    }
}
