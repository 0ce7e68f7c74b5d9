package dev.vitals.health.monitor.poll;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One poll under way: whichever comes first, answer, failure or time limit, is its result. */
final class JdkExchange {
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Target target;
    private final Scheduler scheduler;
    private final Consumer<PollResult> done;
    private final Instant time;
    private final long startNanos;

    JdkExchange(Target target, Scheduler scheduler, InstantSource clock, Consumer<PollResult> done) {
        this.target = target;
        this.scheduler = scheduler;
        this.done = done;
        this.time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.startNanos = scheduler.nanoTime();
    }

    void await(CompletableFuture<HttpResponse<BoundedBody>> answer) {
        // Not the request's own timeout: that ends with the headers, and a body may never come.
        Duration timeout = target.timeout();
        Scheduler.Cancellation limit = scheduler.schedule(() -> expire(answer), timeout);
        CompletableFuture<?> unused = answer.whenComplete((response, failure) -> {
            limit.cancel();
            if (response != null) {
                settle(
                        Reading.of(
                                response.statusCode(),
                                response.headers().firstValue("Content-Type").orElse(""),
                                response.body()),
                        response.statusCode());
            } else {
                refuse(FailureWords.of(failure, JdkProber.url(target)));
            }
        });
    }

    void refuse(String message) {
        settle(new Reading(Outcome.Code.ERROR, message, List.of()), null);
    }

    private void expire(CompletableFuture<HttpResponse<BoundedBody>> answer) {
        refuse("no answer within " + FailureWords.seconds(target.timeout()));
        // Closes the connection; its answer, should it come, belongs to nobody.
        answer.cancel(true);
    }

    private void settle(Reading reading, @Nullable Integer httpStatus) {
        if (settled.compareAndSet(false, true)) {
            Duration latency =
                    Duration.ofNanos(scheduler.nanoTime() - startNanos).truncatedTo(ChronoUnit.MICROS);
            done.accept(new PollResult(
                    reading.code(),
                    reading.message(),
                    httpStatus,
                    time,
                    latency,
                    reading.components(),
                    reading.releaseId()));
        }
    }
}
