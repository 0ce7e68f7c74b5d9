package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests when a future completes, on workers; no thread waits. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Executor workers = Threads.workers("monitor-answer-");

    /** Turns what went wrong into an answer; says whether it knows how. */
    interface Refusal {
        boolean answer(Throwable failure);
    }

    /** Answers within seconds, else that the store fails. */
    <T> void soon(Context context, CompletableFuture<T> future, Consumer<T> success, Refusal refusal) {
        whenever(context, future.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), success, refusal);
    }

    /** Answers whenever the future completes. */
    <T> void whenever(Context context, CompletableFuture<T> future, Consumer<T> success, Refusal refusal) {
        context.future(() -> future.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        success.accept(value);
                    } else {
                        refuse(
                                context,
                                failure instanceof CompletionException e && e.getCause() != null
                                        ? e.getCause()
                                        : failure,
                                refusal);
                    }
                    return null;
                },
                workers));
    }

    private static void refuse(Context context, Throwable failure, Refusal refusal) {
        if (!refusal.answer(failure)) {
            log.warn("{} {} failed: {}", context.method(), context.path(), failure.toString());
            Problem.storeFails().write(context);
        }
    }
}
