package dev.vitals.health;

import java.util.Optional;

/**
 * User code that looks at one thing. Runs on a worker thread, never twice at once, and need not be thread-safe.
 *
 * <p>What it throws is an ERROR of this check alone: an exception, an {@code Error}, or a null outcome.
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * Looks once.
     *
     * @return what was seen; an outcome may also be raised, as {@link HealthCheckOk} and its like
     * @throws Exception for any failure; its text goes to the log and not to the wire
     */
    Outcome run() throws Exception;

    /**
     * Returns the kind of component it looks at, such as {@code datastore}, {@code system} or {@code component}.
     * Source: draft-inadarei-api-health-check-06, section 4.2.
     */
    default Optional<String> componentType() {
        return Optional.empty();
    }

    /**
     * Returns whether it looks at something outside of this process and machine. Such a check is refused in the group
     * {@code live}: restarting this process would not mend the other side.
     */
    default boolean remote() {
        return false;
    }
}
