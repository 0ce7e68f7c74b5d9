package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Require;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at whether a URL answers GET with the expected status, and body if wanted.
 *
 * <p>A redirect is not followed: its status is compared like any other. Another status, a missing text, no complete
 * answer within the timeout and a failed connection are ERROR; the query of the URL is not shown. Data:
 * {@code httpStatus}.
 *
 * <p>A run costs one HTTP/1.1 request, on a connection that is kept open between runs, and reads at most 64 KiB of the
 * body. The client, with its threads, is made at the first run and shared by all copies; the threads end when the
 * indicator is no longer referenced.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class HttpIndicator implements HealthCheck {
    private static final int DEFAULT_STATUS = 200;
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;
    private static final int MAX_TEXT_LENGTH = 1_000;

    private final HttpRequest request;
    private final HttpExpectation expectation;
    private final Duration timeout;
    private final LazyHttpClient client;

    private HttpIndicator(HttpRequest request, HttpExpectation expectation, Duration timeout, LazyHttpClient client) {
        this.request = request;
        this.expectation = expectation;
        this.timeout = timeout;
        this.client = client;
    }

    /**
     * Returns a check that expects status 200 within 2 s.
     *
     * @param uri http or https, with a host, without user info, at most 2,000 characters
     * @throws IllegalArgumentException if the URI is anything else
     */
    public static HttpIndicator of(URI uri) {
        HttpRequest request = HttpRequests.get(Objects.requireNonNull(uri, "uri"));
        HttpExpectation expectation = new HttpExpectation(DEFAULT_STATUS, null);
        return new HttpIndicator(request, expectation, Deadline.DEFAULT_TIMEOUT, new LazyHttpClient());
    }

    /**
     * Returns a copy that expects this status; default 200.
     *
     * @throws IllegalArgumentException if it is not from 100 to 599
     */
    public HttpIndicator expectedStatus(int expectedStatus) {
        int status = Require.range("expectedStatus", expectedStatus, MIN_STATUS, MAX_STATUS);
        return new HttpIndicator(request, new HttpExpectation(status, expectation.text()), timeout, client);
    }

    /**
     * Returns a copy that expects this text in the first 64 KiB of the body; default none. The body is read in the
     * charset it names, else as UTF-8; upper and lower case differ.
     *
     * @throws IllegalArgumentException if the text is blank or longer than 1,000 characters
     */
    public HttpIndicator bodyContains(String text) {
        Require.text("bodyContains", text, MAX_TEXT_LENGTH);
        return new HttpIndicator(request, new HttpExpectation(expectation.status(), text), timeout, client);
    }

    /**
     * Returns a copy that sends one more header; a name may be given several times. Neither is ever shown.
     *
     * @param name letters, digits and {@code !#$%&'*+.^_`|~-}, at most 100; not one that the client sets itself, such as
     *     {@code Host}
     * @param value 1 to 4,000 characters from space to tilde
     * @throws IllegalArgumentException if either is anything else; the message does not hold the value
     */
    public HttpIndicator header(String name, String value) {
        return new HttpIndicator(HttpRequests.withHeader(request, name, value), expectation, timeout, client);
    }

    /**
     * Returns a copy that waits this long for the whole answer, connecting and body included; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public HttpIndicator timeout(Duration timeout) {
        return new HttpIndicator(request, expectation, Deadline.requireTimeout(timeout), client);
    }

    @Override
    public Outcome run() throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        String what = "GET " + HttpRequests.shown(request.uri());
        CompletableFuture<HttpResponse<BoundedBody>> answer =
                client.get().sendAsync(request, head -> BoundedBody.upTo(HttpExpectation.MAX_BODY_BYTES));
        try {
            return expectation.judge(what, answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Outcome.error(what + " did not answer completely " + deadline);
        } catch (ExecutionException e) {
            return Outcome.error(what + " failed: " + Reason.of(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true); // closes the connection, unless the answer is complete
        }
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("component");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
