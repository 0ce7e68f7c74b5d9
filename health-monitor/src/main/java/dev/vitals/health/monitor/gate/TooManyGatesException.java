package dev.vitals.health.monitor.gate;

/** As many gates wait as may. */
public final class TooManyGatesException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooManyGatesException() {
        super(Gates.MAX_WAITING + " gates are waiting already");
    }
}
