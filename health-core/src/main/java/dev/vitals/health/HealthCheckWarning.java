package dev.vitals.health;

import java.util.Map;
import java.util.Objects;

/** Raised by a check or handler for the outcome WARNING: a problem that is not critical. */
public final class HealthCheckWarning extends RaisedOutcome {
    private static final long serialVersionUID = 1L;

    /** Raises WARNING without a message. */
    public HealthCheckWarning() {
        super(Outcome.Code.WARNING, null, Map.of());
    }

    /** Raises WARNING with a message for people. */
    public HealthCheckWarning(String message) {
        this(message, Map.of());
    }

    /** Raises WARNING with a message for people and data for machines. */
    public HealthCheckWarning(String message, Map<String, ?> data) {
        super(Outcome.Code.WARNING, Objects.requireNonNull(message, "message"), data);
    }
}
