package dev.vitals.health.monitor.host;

/** What was asked for does not fit what is there. */
public final class ConflictException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }
}
