package dev.vitals.health;

import java.util.concurrent.Callable;

/** Takes note of how real calls end, in place of calls that are made to find out. Thread-safe; costs no thread. */
public final class CallRecorder implements AutoCloseable {
    private final CallWindow window;
    private final Runnable whenClosed;

    CallRecorder(CallWindow window, Runnable whenClosed) {
        this.window = window;
        this.whenClosed = whenClosed;
    }

    /** Counts a call that has succeeded. */
    public void success() {
        window.count(false);
    }

    /** Counts a call that has failed. */
    public void failure() {
        window.count(true);
    }

    /** Makes the call and counts how it ends; what it throws is a failure, and is thrown on. */
    public <T> T call(Callable<T> call) throws Exception {
        boolean failed = true;
        try {
            T result = call.call();
            failed = false;
            return result;
        } finally {
            window.count(failed);
        }
    }

    /** Removes the check. */
    @Override
    public void close() {
        whenClosed.run();
    }
}
