package dev.vitals.health;

import java.util.Objects;

/** A check that is set by hand; OK at first. Thread-safe; costs no thread. */
public final class ManualStatus implements AutoCloseable {
    private final ManualCheck check;
    private final Runnable soon;
    private final Runnable whenClosed;

    ManualStatus(ManualCheck check, Runnable soon, Runnable whenClosed) {
        this.check = check;
        this.soon = soon;
        this.whenClosed = whenClosed;
    }

    /** Says this from now on; shown as soon as the scheduler gets to it. */
    public void set(Outcome outcome) {
        check.set(Objects.requireNonNull(outcome, "outcome"));
        soon.run();
    }

    /** Removes the check. */
    @Override
    public void close() {
        whenClosed.run();
    }
}
