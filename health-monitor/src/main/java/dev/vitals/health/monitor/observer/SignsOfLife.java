package dev.vitals.health.monitor.observer;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.Rules;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others that the monitor is alive: a request to a URL at an interval, whose absence alarms somebody else, and once a day
 * a message. Both stay away while the monitor cannot store or poll. Thread-safe.
 */
public final class SignsOfLife implements AutoCloseable {
    /** The default of the time between two pings. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(SignsOfLife.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int GOOD = 2;
    private static final int HUNDREDS = 100;

    private final List<Scheduler.Cancellation> tasks = new ArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Health health;

    /**
     * When the daily message leaves.
     *
     * @param time the local time
     * @param zone its zone
     */
    public record Daily(LocalTime time, ZoneId zone) {
        /**
         * Reads {@code HH:MM} or {@code HH:MM@ZONE}.
         *
         * @param standard the zone if the text has none
         * @throws IllegalArgumentException if the text has another form
         */
        public static Daily parse(String text, ZoneId standard) {
            int at = text.indexOf('@');
            try {
                return new Daily(
                        LocalTime.parse(at < 0 ? text : text.substring(0, at)),
                        at < 0 ? standard : ZoneId.of(text.substring(at + 1)));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "must be HH:MM or HH:MM@ZONE, such as 08:00@Europe/Berlin, was " + Require.shown(text), e);
            }
        }

        Instant after(Instant now) {
            ZonedDateTime today = now.atZone(zone).with(time);
            ZonedDateTime next = today.toInstant().isAfter(now) ? today : today.plusDays(1);
            return next.toInstant();
        }
    }

    /** Tells as long as this health passes or warns. */
    public SignsOfLife(Scheduler scheduler, InstantSource clock, Health health) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.health = health;
    }

    /** Asks the URL at that interval; any answer of 2xx will do. */
    public void ping(URI url, Duration interval, NetClient client) {
        tasks.add(scheduler.repeat(() -> ping(url, client), interval));
    }

    private void ping(URI url, NetClient client) {
        if (!isWell()) {
            return;
        }
        client.http(HttpCall.get(url).timeout(TIMEOUT), result -> {
            boolean good = result.answer().map(HttpAnswer::status).orElse(0) / HUNDREDS == GOOD;
            if (!good && failing.compareAndSet(false, true)) {
                String why = result.answer()
                        .map(answer -> "answered " + answer.status())
                        .orElseGet(() -> result.failure().map(Failure::message).orElse(""));
                log.warn("the ping to {} fails: {}", Urls.shown(url), why);
            } else if (good && failing.compareAndSet(true, false)) {
                log.info("the ping to {} works again", Urls.shown(url));
            }
        });
    }

    private boolean isWell() {
        return health.report(Health.READY)
                .filter(report -> report.status() != Status.FAIL)
                .isPresent();
    }

    /** Tells those who are told of the monitor, once a day. */
    public void daily(Daily when, Registry registry, Incidents incidents, Rules rules) {
        Instant now = clock.instant();
        tasks.add(scheduler.schedule(
                () -> {
                    tell(registry, incidents, rules);
                    daily(when, registry, incidents, rules);
                },
                Duration.between(now, when.after(now))));
    }

    private void tell(Registry registry, Incidents incidents, Rules rules) {
        if (!isWell()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Facts facts = Facts.note(counts(registry));
        for (Rules.Told told : rules.toldOfMonitor()) {
            Message.Kind kind = Message.Kind.ALIVE;
            Message message = new Message(
                    Message.key(incidents.identity(), now.toString(), kind, 1, told.receiver()),
                    null,
                    kind,
                    1,
                    told.receiver(),
                    told.rule().name(),
                    told.reason(),
                    now,
                    facts,
                    Message.Progress.ready(now));
            CompletableFuture<@Nullable Message> unused =
                    incidents.queue(message).handle((queued, failure) -> queued);
        }
    }

    private static String counts(Registry registry) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        registry.each(watched -> counts.merge(watched.state().state(), 1, Integer::sum));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text =
                new StringBuilder("The monitor runs and watches " + all + (all == 1 ? " target" : " targets"));
        counts.forEach(
                (state, count) -> text.append(", ").append(count).append(' ').append(state));
        return text.append('.').toString();
    }

    /** Stops telling. */
    @Override
    public void close() {
        tasks.forEach(Scheduler.Cancellation::cancel);
    }
}
