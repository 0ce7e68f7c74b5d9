package dev.vitals.health;

/** The state of a check or of a polled target, which follows from its results so far. */
public enum State {
    /** There is no result yet, or the latest one is older than the max age. */
    UNKNOWN(Status.FAIL),
    /** The check passes. */
    HEALTHY(Status.PASS),
    /** The check warns, or it fails and has not reached the failure threshold yet. */
    DEGRADED(Status.WARN),
    /** The check failed as many times in a row as the failure threshold demands. */
    UNHEALTHY(Status.FAIL);

    private final Status status;

    State(Status status) {
        this.status = status;
    }

    /** Returns the status for the wire: UNKNOWN is {@link Status#FAIL}. */
    public Status status() {
        return status;
    }
}
