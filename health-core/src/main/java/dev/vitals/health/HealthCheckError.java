package dev.vitals.health;

import java.util.Map;
import java.util.Objects;

/** Raised by a check or handler for the outcome ERROR: a major problem. */
public final class HealthCheckError extends RaisedOutcome {
    private static final long serialVersionUID = 1L;

    /** Raises ERROR without a message. */
    public HealthCheckError() {
        super(Outcome.Code.ERROR, null, Map.of());
    }

    /** Raises ERROR with a message for people. */
    public HealthCheckError(String message) {
        this(message, Map.of());
    }

    /** Raises ERROR with a message for people and data for machines. */
    public HealthCheckError(String message, Map<String, ?> data) {
        super(Outcome.Code.ERROR, Objects.requireNonNull(message, "message"), data);
    }
}
