package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.registry.ConflictException;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers when something is stored, on threads of its own: not on the one that stores. */
final class AsyncResponse {
    private static final Logger log = LoggerFactory.getLogger(AsyncResponse.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Executor WORKERS = Threads.workers("monitor-answer-");

    private AsyncResponse() {}

    /** Answers what went wrong in its own way; says whether it knows how. */
    interface Refusal {
        boolean answer(Throwable failure);
    }

    /** Answers by the consumer, which may throw a problem; or with a problem if it could not be stored in time. */
    static <T> void answer(Context context, CompletableFuture<T> stored, Consumer<T> success) {
        answer(context, stored, PATIENCE, success);
    }

    /** Like the other, with a patience of its own. */
    static <T> void answer(Context context, CompletableFuture<T> stored, Duration patience, Consumer<T> success) {
        whenever(context, within(patience, stored), success, failure -> false);
    }

    /** Like the other, with answers of its own to what may go wrong. */
    static <T> void answer(Context context, CompletableFuture<T> stored, Consumer<T> success, Refusal refusal) {
        whenever(context, within(PATIENCE, stored), success, refusal);
    }

    private static <T> CompletableFuture<T> within(Duration patience, CompletableFuture<T> stored) {
        return stored.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Answers whenever the future completes. */
    static <T> void whenever(Context context, CompletableFuture<T> future, Consumer<T> success, Refusal refusal) {
        context.future(() -> future.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        succeed(context, value, success);
                    } else if (!refusal.answer(cause(failure))) {
                        problem(context, cause(failure)).write(context);
                    }
                    return null;
                },
                WORKERS));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // What else is thrown is a fault of ours: Javalin hands it to whoever answers 500.
    private static <T> void succeed(Context context, T value, Consumer<T> success) {
        try {
            success.accept(value);
        } catch (ProblemException e) {
            e.problem().write(context);
        }
    }

    private static Problem problem(Context context, Throwable cause) {
        if (cause instanceof InvalidFieldsException refused) {
            return Paths.refused(refused.errors()).problem();
        }
        if (cause instanceof ConflictException) {
            return Problem.of(409, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof RejectedExecutionException) {
            return Problem.busy();
        }
        log.debug("{} was not stored", context.path(), cause);
        return Problem.storeFails();
    }
}
