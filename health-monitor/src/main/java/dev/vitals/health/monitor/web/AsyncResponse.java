package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.registry.ConflictException;
import dev.vitals.health.monitor.rule.RuleBook;
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

/** Answers when a future completes, on its own threads: the thread that completes it is not held up. */
public final class AsyncResponse {
    private static final Logger log = LoggerFactory.getLogger(AsyncResponse.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Executor WORKERS = Threads.workers("monitor-answer-");

    private AsyncResponse() {}

    /** Answers a failure that it knows; returns false for any other. */
    interface FailureAnswer {
        boolean write(Throwable failure);
    }

    /**
     * Answers with the consumer, which may throw a problem. Answers with a problem if the future fails, or does not
     * complete within 10 s.
     */
    public static <T> void write(Context context, CompletableFuture<T> future, Consumer<T> success) {
        write(context, future, TIMEOUT, success);
    }

    /** Like {@link #write(Context, CompletableFuture, Consumer)}, with another timeout. */
    static <T> void write(Context context, CompletableFuture<T> future, Duration timeout, Consumer<T> success) {
        whenever(context, within(timeout, future), success, failure -> false);
    }

    /** Like {@link #write(Context, CompletableFuture, Consumer)}, with another answer to some failures. */
    static <T> void write(
            Context context, CompletableFuture<T> future, Consumer<T> success, FailureAnswer failureAnswer) {
        whenever(context, within(TIMEOUT, future), success, failureAnswer);
    }

    private static <T> CompletableFuture<T> within(Duration timeout, CompletableFuture<T> future) {
        return future.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Like {@link #write(Context, CompletableFuture, Consumer, FailureAnswer)}, without a timeout. */
    static <T> void whenever(
            Context context, CompletableFuture<T> future, Consumer<T> success, FailureAnswer failureAnswer) {
        context.future(() -> future.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        succeed(context, value, success);
                    } else if (!failureAnswer.write(cause(failure))) {
                        problem(context, cause(failure)).write(context);
                    }
                    return null;
                },
                WORKERS));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // Anything else that is thrown is a bug: Javalin's exception handler answers 500.
    private static <T> void succeed(Context context, T value, Consumer<T> success) {
        try {
            success.accept(value);
        } catch (ProblemException e) {
            e.problem().write(context);
        }
    }

    private static Problem problem(Context context, Throwable cause) {
        if (cause instanceof InvalidFieldsException invalid) {
            return Problem.badFields(invalid.errors());
        }
        if (cause instanceof ConflictException || cause instanceof RuleBook.RefusedException) {
            return Problem.of(409, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof RejectedExecutionException) {
            return Problem.busy();
        }
        log.debug("{} failed: the store did not answer", context.path(), cause);
        return Problem.storeFails(cause);
    }
}
