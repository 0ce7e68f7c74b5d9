package dev.vitals.health;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** A check that returns before it has its outcome; see {@link HealthCheck#async}. */
final class AsyncCheck implements HealthCheck {
    private final Callable<? extends CompletionStage<Outcome>> start;

    AsyncCheck(Callable<? extends CompletionStage<Outcome>> start) {
        this.start = Objects.requireNonNull(start, "check");
    }

    /** Begins to look. */
    CompletionStage<Outcome> start() throws Exception {
        return start.call();
    }

    /** Returns the class of the user's code. */
    Class<?> owner() {
        return start.getClass();
    }

    /** Looks and waits for the outcome; the engine calls {@link #start} instead. */
    @Override
    public Outcome run() throws Exception {
        try {
            return start().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) failed.getCause();
        }
    }
}
