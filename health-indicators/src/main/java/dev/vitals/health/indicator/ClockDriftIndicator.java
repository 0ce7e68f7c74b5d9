package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Require;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Checks how far this host's clock is from that of an HTTP server, by the {@code Date} of its answer to HEAD: WARNING
 * from 2 s, ERROR from 30 s.
 *
 * <p>Such a date has whole seconds and is some time on its way, so only a drift that is certain counts: a slow answer
 * causes none. Any status is accepted. An answer from a cache is corrected by its {@code Age}. No answer in time, or an
 * answer without a date, is WARNING, since this clock may be right.
 *
 * <p>Measures {@code drift} in s, above 0 if this clock is ahead. A run costs one HTTP/1.1 request on a connection that
 * is kept open. The first run makes the client with its threads, which all copies share; they end
 * when the check is unregistered or its {@code Health} closed.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class ClockDriftIndicator implements HealthCheck {
    private static final Limits DEFAULT = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(30));
    private static final Duration MIN_LIMIT = Duration.ofSeconds(1);
    private static final Duration MAX_LIMIT = Duration.ofDays(365);
    private static final int MAX_AGE_DIGITS = 9;

    private final HttpRequest request;
    private final Limits limits;
    private final Duration timeout;
    private final LazyHttpClient client;
    private final InstantSource clock;

    private record Limits(Duration warnAt, Duration failAt) {}

    private ClockDriftIndicator(
            HttpRequest request, Limits limits, Duration timeout, LazyHttpClient client, InstantSource clock) {
        this.request = request;
        this.limits = limits;
        this.timeout = timeout;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Returns a check against this server, with a timeout of 2 s.
     *
     * @param uri http or https, with a host, without user info, at most 2,000 characters
     * @throws IllegalArgumentException if the URI is not of this form
     */
    public static ClockDriftIndicator of(URI uri) {
        return of(uri, InstantSource.system());
    }

    static ClockDriftIndicator of(URI uri, InstantSource clock) {
        HttpRequest get = HttpRequests.get(Objects.requireNonNull(uri, "uri"));
        HttpRequest head = HttpRequest.newBuilder(get, (name, value) -> true)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Cache-Control", "no-cache")
                .build();
        return new ClockDriftIndicator(head, DEFAULT, Deadline.DEFAULT_TIMEOUT, new LazyHttpClient(null), clock);
    }

    /**
     * Returns a copy with other limits; default 2 s and 30 s.
     *
     * @param warnAt drift from which on the outcome is WARNING; from 1 s
     * @param failAt drift from which on it is ERROR; from {@code warnAt} to 365 days
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public ClockDriftIndicator limits(Duration warnAt, Duration failAt) {
        Require.range("warnAt", warnAt, MIN_LIMIT, MAX_LIMIT);
        Require.range("failAt", failAt, warnAt, MAX_LIMIT);
        return new ClockDriftIndicator(request, new Limits(warnAt, failAt), timeout, client, clock);
    }

    /**
     * Returns a copy that waits this long for the answer; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public ClockDriftIndicator timeout(Duration timeout) {
        return new ClockDriftIndicator(request, limits, Deadline.requireTimeout(timeout), client, clock);
    }

    @Override
    public Outcome run() throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        String what = "cannot compare the clock: HEAD " + HttpRequests.shown(request.uri());
        Instant before = clock.instant();
        try {
            HttpHeaders headers = client.send(request, deadline).headers();
            Instant after = clock.instant();
            return date(headers)
                    .map(date -> judge(drift(before, date, after)))
                    .orElseGet(() -> Outcome.warning(what + " answered without a date"));
        } catch (TimeoutException e) {
            return Outcome.warning(what + " did not answer " + deadline);
        } catch (ExecutionException e) {
            return Outcome.warning(what + " failed: " + FailureReason.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    /** Both clocks give a range of time; the drift is the gap between the ranges. */
    private static Duration drift(Instant before, Instant date, Instant after) {
        Instant dateEnd = date.plusSeconds(1);
        if (after.isBefore(date)) {
            return Duration.between(date, after);
        }
        return before.isAfter(dateEnd) ? Duration.between(dateEnd, before) : Duration.ZERO;
    }

    private Outcome judge(Duration drift) {
        double seconds = drift.toMillis() / 1_000.0;
        Duration size = drift.abs();
        Outcome outcome = Outcome.ok();
        if (size.compareTo(limits.warnAt()) >= 0) {
            boolean failed = size.compareTo(limits.failAt()) >= 0;
            Duration limit = failed ? limits.failAt() : limits.warnAt();
            String text = "this clock is " + DurationText.inWords(size) + (drift.isNegative() ? " behind" : " ahead of")
                    + " that of " + HttpRequests.shown(request.uri()) + ", the limit is "
                    + DurationText.inWords(limit);
            outcome = failed ? Outcome.error(text) : Outcome.warning(text);
        }
        return outcome.measured("drift", seconds, "s");
    }

    private static Optional<Instant> date(HttpHeaders headers) {
        try {
            return headers.firstValue("Date")
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                    .map(date -> date.plusSeconds(age(headers)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static long age(HttpHeaders headers) {
        String age = headers.firstValue("Age").orElse("0");
        return age.matches("[0-9]{1," + MAX_AGE_DIGITS + "}") ? Long.parseLong(age) : 0;
    }

    /** Closes the client that this and its copies share; a later run makes a new one. */
    @Override
    public void unregistered() {
        client.giveBack();
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
