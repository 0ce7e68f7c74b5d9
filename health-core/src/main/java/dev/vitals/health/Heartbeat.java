package dev.vitals.health;

/** A sign of life that must come in time, such as that of a nightly job. Thread-safe; costs no thread. */
public final class Heartbeat implements AutoCloseable {
    private final BeatCheck check;
    private final Runnable soon;
    private final Runnable whenClosed;

    Heartbeat(BeatCheck check, Runnable soon, Runnable whenClosed) {
        this.check = check;
        this.soon = soon;
        this.whenClosed = whenClosed;
    }

    /** Gives the sign. */
    public void beat() {
        // In time it changes nothing, so that beating often costs nothing.
        if (check.beat()) {
            soon.run();
        }
    }

    /** Removes the check. */
    @Override
    public void close() {
        whenClosed.run();
    }
}
