package dev.vitals.health;

import java.util.Map;
import java.util.Objects;

/** Raised by a check or handler for the outcome OK: all is well. */
public final class HealthCheckOk extends RaisedOutcome {
    private static final long serialVersionUID = 1L;

    /** Raises OK without a message. */
    public HealthCheckOk() {
        super(Outcome.Code.OK, null, Map.of());
    }

    /** Raises OK with a message for people. */
    public HealthCheckOk(String message) {
        this(message, Map.of());
    }

    /** Raises OK with a message for people and data for machines. */
    public HealthCheckOk(String message, Map<String, ?> data) {
        super(Outcome.Code.OK, Objects.requireNonNull(message, "message"), data);
    }
}
