package dev.vitals.health.monitor.web;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.probe.Poller;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains to whoever has just registered, or tries a check, what a poll finds and how it came there. Thread-safe. */
public final class Diagnosis {
    // Clients that register do not wait for longer than ten seconds.
    private static final Duration PATIENCE_WITH_NEW = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(5);
    // RFC 7240, section 4.3.
    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait=([0-9]{1,4})(?:$|[,;\\s])");

    /** What one poll found, and how far its call came; null for a poll without a connection of ours. */
    record Finding(PollResult result, @Nullable ExchangeResult exchange) {}

    private final PollSchedule schedule;
    private final Poller poller;
    private final InstantSource clock;

    /** Looks by an early poll of the schedule, or at what it does not have with that poller. */
    public Diagnosis(PollSchedule schedule, Poller poller, InstantSource clock) {
        this.schedule = schedule;
        this.poller = poller;
        this.clock = clock;
    }

    /**
     * Begins the first poll of a new target, and returns what it finds; nothing if that takes longer than the request
     * wants to wait: five seconds, or less by {@code Prefer: wait=N}.
     */
    CompletableFuture<Optional<Finding>> first(Target target, @Nullable String prefer) {
        CompletableFuture<Optional<Finding>> found = new CompletableFuture<>();
        Duration patience = patience(prefer);
        boolean begun = schedule.pollAtOnce(
                target.id(), (result, exchange) -> found.complete(Optional.of(new Finding(result, exchange))));
        return begun && !patience.isZero()
                ? found.completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private static Duration patience(@Nullable String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        Duration wanted = wait.find() ? Duration.ofSeconds(Integer.parseInt(wait.group(1))) : PATIENCE_WITH_NEW;
        return wanted.compareTo(PATIENCE_WITH_NEW) < 0 ? wanted : PATIENCE_WITH_NEW;
    }

    static @Nullable String prefer(Context context) {
        return context.header("Prefer");
    }

    /** Returns what one poll finds that counts for nothing, within the target's timeout. */
    CompletableFuture<Finding> trial(Target target) {
        CompletableFuture<Finding> found = new CompletableFuture<>();
        Duration patience = target.timeout().plus(SLACK);
        PollResult late = new PollResult(
                Outcome.Code.ERROR,
                "no result within " + patience.toSeconds() + " s",
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                patience,
                List.of());
        poller.poll(target, (result, exchange) -> found.complete(new Finding(result, exchange)));
        return found.completeOnTimeout(new Finding(late, null), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
