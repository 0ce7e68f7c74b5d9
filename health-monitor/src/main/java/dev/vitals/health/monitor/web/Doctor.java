package dev.vitals.health.monitor.web;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.poll.Finding;
import dev.vitals.health.monitor.poll.Prober;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a target for whoever has just registered or asks, and explains what it finds: its result counts for nothing
 * else. Thread-safe.
 */
public final class Doctor {
    // Clients that register do not wait for longer than ten seconds.
    private static final Duration PATIENCE_WITH_NEW = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final Prober prober;
    private final InstantSource clock;

    /** Looks with that prober. */
    public Doctor(Prober prober, InstantSource clock) {
        this.prober = prober;
        this.clock = clock;
    }

    /** Returns what one poll finds, within five seconds whatever the target's timeout. */
    CompletableFuture<Finding> soon(Target target) {
        boolean shorter = target.timeout().compareTo(PATIENCE_WITH_NEW) <= 0;
        return look(target, shorter ? target.timeout().plus(SLACK) : PATIENCE_WITH_NEW);
    }

    /** Returns what one poll finds, within the target's timeout. */
    CompletableFuture<Finding> thoroughly(Target target) {
        return look(target, target.timeout().plus(SLACK));
    }

    private CompletableFuture<Finding> look(Target target, Duration patience) {
        CompletableFuture<Finding> found = new CompletableFuture<>();
        PollResult late = new PollResult(
                Outcome.Code.ERROR,
                "no result within " + patience.toSeconds() + " s",
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                patience,
                List.of());
        prober.explain(target, found::complete);
        return found.completeOnTimeout(new Finding(late, null), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
