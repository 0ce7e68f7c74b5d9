package dev.vitals.health;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outcome that is raised instead of returned. Has no stack trace, so raising it is cheap. */
public abstract sealed class RaisedOutcome extends RuntimeException
        permits HealthCheckOk, HealthCheckWarning, HealthCheckError {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;

    RaisedOutcome(Outcome.Code code, @Nullable String message, Map<String, ?> data) {
        super(message, null, false, false);
        this.outcome = Outcome.of(code, message).with(data);
    }

    /** Returns the outcome that was raised. */
    public Outcome outcome() {
        return outcome;
    }
}
