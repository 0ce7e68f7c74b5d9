package dev.vitals.health;

/** What follows from the history of a check or of a polled target. */
public enum State {
    /** Nothing is known yet, or no longer: there was no result, or it is older than the max age. */
    UNKNOWN(Status.FAIL),
    /** The check passes. */
    HEALTHY(Status.PASS),
    /** The check warns, or has begun to fail and has not yet reached the failure threshold. */
    DEGRADED(Status.WARN),
    /** The check has failed as often in a row as the failure threshold says. */
    UNHEALTHY(Status.FAIL);

    private final Status status;

    State(Status status) {
        this.status = status;
    }

    /** Returns how this state is shown on the wire: UNKNOWN is {@link Status#FAIL}, never green. */
    public Status status() {
        return status;
    }
}
