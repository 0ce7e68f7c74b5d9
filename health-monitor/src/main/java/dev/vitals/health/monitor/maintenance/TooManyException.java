package dev.vitals.health.monitor.maintenance;

/** There are as many windows or silences as there may be. */
public final class TooManyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooManyException(SuppressionKind kind) {
        super("there are " + Suppressions.MAX_OF_A_KIND + " entries of kind " + kind.word() + " already");
    }
}
