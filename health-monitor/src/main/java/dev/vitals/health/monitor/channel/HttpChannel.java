package dev.vitals.health.monitor.channel;

import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.Failure;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import dev.vitals.health.monitor.net.Timings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel of HTTP requests: one or more for each message, one after the other. The answer's status decides: 2xx accepts; 408,
 * 425, 429 and 5xx are tried again, when {@code Retry-After} says so if it does; all others refuse.
 */
final class HttpChannel implements Channel {
    static final String JSON = "application/json";

    /** The time for one request. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MAX_SAID = 200;
    private static final int MAX_ANSWER = 16 * 1_024;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final ChannelType.Context context;
    private final Function<Outgoing, List<Request>> requests;
    private final @Nullable Duration resendEvery;

    /**
     * A request.
     *
     * @param url where it goes
     * @param headers names and values, one after the other
     * @param body JSON
     */
    record Request(URI url, List<String> headers, String body) {}

    /** Makes these requests for each message; none means that the receiver has no use for it. */
    HttpChannel(ChannelType.Context context, Function<Outgoing, List<Request>> requests) {
        this(context, requests, null);
    }

    /** Does the same, and hands messages about open incidents over again. */
    HttpChannel(
            ChannelType.Context context, Function<Outgoing, List<Request>> requests, @Nullable Duration resendEvery) {
        this.context = context;
        this.requests = requests;
        this.resendEvery = resendEvery;
    }

    @Override
    public @Nullable Duration resendEvery() {
        return resendEvery;
    }

    @Override
    public Result send(Outgoing message) throws InterruptedException {
        Result result = new Accepted("nothing to tell");
        for (Request request : requests.apply(message)) {
            result = judge(request, post(context, request), context.clock());
            if (!(result instanceof Accepted)) {
                return result;
            }
        }
        return result;
    }

    /** Makes a request and waits for its result. */
    static ExchangeResult post(ChannelType.Context context, Request request) throws InterruptedException {
        HttpCall call = HttpCall.post(request.url(), JSON, request.body().getBytes(StandardCharsets.UTF_8))
                .header("User-Agent", "vitals-monitor/" + context.version())
                .header("Accept-Encoding", "identity")
                .timeout(TIMEOUT)
                .maxBodyBytes(MAX_ANSWER)
                .guard(context.guard());
        for (int i = 0; i < request.headers().size(); i += 2) {
            call.header(request.headers().get(i), request.headers().get(i + 1));
        }
        CompletableFuture<ExchangeResult> ended = new CompletableFuture<>();
        context.client().http(call, ended::complete);
        try {
            // The client keeps the timeout; this only bounds the wait if it should ever fail to.
            return ended.get(TIMEOUT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the client did not end the request", e);
        }
    }

    /** Returns a value of maps, lists and text as JSON. */
    static String json(Object document) {
        return new String(Json.write(json -> json.writePOJO(document)), StandardCharsets.UTF_8);
    }

    /** Returns what the result of a request means. */
    static Result judge(Request request, ExchangeResult exchange, InstantSource clock) {
        HttpAnswer answer = exchange.answer().orElse(null);
        if (answer == null) {
            return failed(exchange.failure().orElseThrow());
        }
        int status = answer.status();
        String said = Uris.host(request.url()) + " answered " + status + said(answer);
        if (status / 100 == 2) {
            return new Accepted(said);
        }
        boolean later = status == REQUEST_TIMEOUT
                || status == TOO_EARLY
                || status == TOO_MANY_REQUESTS
                || status >= SERVER_ERROR;
        return later
                ? new Failed(said, retryAfter(answer, clock.instant()), status >= SERVER_ERROR)
                : new Refused(said);
    }

    private static Result failed(Failure failure) {
        if (failure.reason() == Failure.Reason.BLOCKED) {
            return new Refused(failure.message() + "; allow the address with --allow-channel");
        }
        boolean sent = failure.phase() == Timings.Phase.ANSWERING || failure.phase() == Timings.Phase.READING;
        return sent ? Failed.perhapsTaken(failure.message()) : Failed.notTaken(failure.message());
    }

    /** Returns the body of an answer as a line for people, with a colon before it; empty if there is none. */
    private static String said(HttpAnswer answer) {
        String text = body(answer).strip();
        return text.isEmpty() ? "" : ": " + Redactor.clean(text, MAX_SAID);
    }

    /** Returns the body of an answer as text. */
    static String body(HttpAnswer answer) {
        return new String(answer.body().bytes(), StandardCharsets.UTF_8);
    }

    // RFC 9110, section 10.2.3: seconds, or a date.
    private static @Nullable Duration retryAfter(HttpAnswer answer, Instant now) {
        String text = answer.header("Retry-After").map(String::strip).orElse("");
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** Does nothing: the owner of the client closes it, and a request in progress ends at its timeout. */
    @Override
    public void close() {}
}
