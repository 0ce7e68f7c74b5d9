package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.Timings;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.probe.Poller;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Polls a target out of turn, for a client that wants to know what the monitor finds and how. Thread-safe. */
public final class Diagnosis {
    // The client library waits ten seconds for the answer to a registration.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    // RFC 7240, section 4.3.
    private static final Pattern WAIT = Pattern.compile("(?i)(?:^|[,;\\s])wait=([0-9]{1,4})(?:$|[,;\\s])");

    /** The result of one poll and its exchange; null for a poll without a connection of the monitor. */
    record DiagnosedResult(PollResult result, @Nullable ExchangeResult exchange) {}

    private final PollSchedule schedule;
    private final Poller poller;
    private final InstantSource clock;

    /** Polls registered targets early by the schedule, and others by the poller. */
    public Diagnosis(PollSchedule schedule, Poller poller, InstantSource clock) {
        this.schedule = schedule;
        this.poller = poller;
        this.clock = clock;
    }

    /**
     * Starts the first poll of a new target. The future has its result, or nothing if the poll takes longer than the
     * client waits: five seconds, or less by {@code Prefer: wait=N}.
     */
    CompletableFuture<Optional<DiagnosedResult>> firstPoll(Target target, @Nullable String prefer) {
        CompletableFuture<Optional<DiagnosedResult>> diagnosed = new CompletableFuture<>();
        Duration wait = longestWait(prefer);
        boolean started = schedule.pollAtOnce(
                target.id(),
                (result, exchange) -> diagnosed.complete(Optional.of(new DiagnosedResult(result, exchange))));
        return started && !wait.isZero()
                ? diagnosed.completeOnTimeout(Optional.empty(), wait.toMillis(), TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Polls a registered target once more within a second. */
    void pollSoon(TargetId id) {
        schedule.pollSoon(id);
    }

    private static Duration longestWait(@Nullable String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        Duration preferred = wait.find() ? Duration.ofSeconds(Integer.parseInt(wait.group(1))) : LONGEST_WAIT;
        return preferred.compareTo(LONGEST_WAIT) < 0 ? preferred : LONGEST_WAIT;
    }

    /** Polls once, within the target's timeout and a margin. The result is not recorded. */
    CompletableFuture<DiagnosedResult> trial(Target target) {
        CompletableFuture<DiagnosedResult> diagnosed = new CompletableFuture<>();
        Duration longest = target.timeout().plus(MARGIN);
        PollResult late = new PollResult(
                Outcome.Code.ERROR,
                "no result within " + longest.toSeconds() + " s",
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                longest,
                List.of());
        poller.poll(target, (result, exchange) -> diagnosed.complete(new DiagnosedResult(result, exchange)));
        return diagnosed.completeOnTimeout(new DiagnosedResult(late, null), longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Polls a target once, and answers with what the consumer makes of it. The result is not recorded. */
    public void answer(Context context, Target target, Consumer<Answer> success) {
        answer(context, List.of(target), answers -> success.accept(answers.get(0)));
    }

    /**
     * Polls each target once, all at the same time, and answers with what the consumer makes of the results, which are in the
     * order of the targets. They are not recorded.
     */
    public void answer(Context context, List<Target> targets, Consumer<List<Answer>> success) {
        targets.forEach(target -> Gatekeeper.requireScope(context, target.labels()));
        List<CompletableFuture<DiagnosedResult>> trials =
                targets.stream().map(this::trial).toList();
        Duration longest = targets.stream()
                .map(Target::timeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        AsyncResponse.write(
                context,
                CompletableFuture.allOf(trials.toArray(CompletableFuture[]::new)),
                longest.plus(MARGIN.multipliedBy(2)),
                done -> success.accept(trials.stream()
                        .map(CompletableFuture::join)
                        .map(Answer::of)
                        .toList()));
    }

    /** A result, the address that was polled, how long each phase took, what it was judged by, and where it failed. */
    public record Answer(
            @JsonUnwrapped TargetAnswer.Result result,
            @Nullable String address,
            @Nullable BigDecimal resolvingMs,
            @Nullable BigDecimal connectingMs,
            @Nullable BigDecimal securingMs,
            @Nullable BigDecimal answeringMs,
            @Nullable BigDecimal readingMs,
            @Nullable String judgedBy,
            @Nullable String failedWhile,
            @Nullable String reason) {
        /** Returns how the poll ended. */
        public Outcome.Code code() {
            return result.code();
        }

        /** Returns why, or null. */
        public @Nullable String message() {
            return result.message();
        }

        /** Returns the HTTP status; null without one. */
        public @Nullable Integer httpStatus() {
            return result.httpStatus();
        }

        /** Returns the time until the end of the answer, or until the failure, in milliseconds. */
        public BigDecimal latencyMs() {
            return result.latencyMs();
        }

        static Answer of(DiagnosedResult diagnosed) {
            Optional<ExchangeResult> exchange = Optional.ofNullable(diagnosed.exchange());
            Optional<Timings> timings = exchange.map(ExchangeResult::timings);
            Optional<Failure> failure = exchange.flatMap(ExchangeResult::failure);
            return new Answer(
                    TargetAnswer.Result.of(diagnosed.result()),
                    timings.flatMap(Timings::address).map(Answer::text).orElse(null),
                    millis(timings, Timings::resolving),
                    millis(timings, Timings::connecting),
                    millis(timings, Timings::securing),
                    millis(timings, Timings::answering),
                    millis(timings, Timings::reading),
                    exchange.flatMap(ExchangeResult::judgedBy).orElse(null),
                    failure.map(known -> word(known.phase())).orElse(null),
                    failure.map(known -> word(known.reason())).orElse(null));
        }

        private static @Nullable BigDecimal millis(
                Optional<Timings> timings, Function<Timings, Optional<Duration>> phase) {
            return timings.flatMap(phase).map(JsonResponse::millis).orElse(null);
        }

        private static String text(InetSocketAddress address) {
            String host = address.getAddress().getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }
}
