package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Looks at whether a URL answers GET with the expected status, and body if wanted.
 *
 * <p>A redirect is not followed: its status is compared like any other. Another status, a missing text, no complete
 * answer within the timeout and a failed connection are ERROR; the query of the URL is not shown. Data:
 * {@code httpStatus}.
 *
 * <p>An answer in {@code application/health+json} counts by the status in it as well, and the worse of both counts: pass
 * is OK, warn is WARNING, fail is ERROR, and what cannot be read is ERROR. Data: {@code healthStatus}.
 *
 * <p>A run costs one HTTP/1.1 request, on a connection that is kept open between runs, and reads at most 64 KiB of the
 * body. The client, with its threads, is made at the first run and shared by all copies; the threads end when the
 * indicator is no longer referenced.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class HttpIndicator implements HealthCheck {
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
     * @param uri http or https, with a host, without user info (see {@link #basicAuth}), at most 2,000 characters
     * @throws IllegalArgumentException if the URI is anything else
     */
    public static HttpIndicator of(URI uri) {
        HttpRequest request = HttpRequests.get(Objects.requireNonNull(uri, "uri"));
        HttpExpectation expectation = new HttpExpectation(ExpectedStatus.DEFAULT, null, List.of());
        return new HttpIndicator(request, expectation, Deadline.DEFAULT_TIMEOUT, new LazyHttpClient(null));
    }

    /**
     * Returns a copy that expects this status; default 200.
     *
     * @throws IllegalArgumentException if it is not from 100 to 599
     */
    public HttpIndicator expectedStatus(int expectedStatus) {
        return expecting(expectation.withStatus(ExpectedStatus.anyOf(expectedStatus)));
    }

    /**
     * Returns a copy that expects one of these statuses; default 200.
     *
     * @throws IllegalArgumentException if one is not from 100 to 599
     */
    public HttpIndicator expectedStatus(int first, int... others) {
        return expecting(expectation.withStatus(ExpectedStatus.anyOf(
                first, Objects.requireNonNull(others, "others").clone())));
    }

    /**
     * Returns a copy that expects a status in this range, both bounds included; default 200 alone.
     *
     * @throws IllegalArgumentException if a bound is not from 100 to 599, or the first is above the second
     */
    public HttpIndicator expectedStatusRange(int from, int to) {
        return expecting(expectation.withStatus(ExpectedStatus.range(from, to)));
    }

    /**
     * Returns a copy that expects this text in the first 64 KiB of the body; default none. The body is read in the
     * charset it names, else as UTF-8; upper and lower case differ.
     *
     * @throws IllegalArgumentException if the text is blank or longer than 1,000 characters
     */
    public HttpIndicator bodyContains(String text) {
        return expecting(expectation.withText(Require.text("bodyContains", text, MAX_TEXT_LENGTH)));
    }

    /**
     * Returns a copy that expects this value in a JSON body of at most 64 KiB; default none. Numbers, booleans and null
     * are compared as text, an object or array as JSON without white space. Of several, at different places, all must be
     * there, and the first that is not is told; for the same place the later one counts.
     *
     * @param pointer as in RFC 6901, such as {@code /components/db/status}; at most 1,000 characters
     * @param expectedValue at most 1,000 characters; upper and lower case differ
     * @throws IllegalArgumentException if the pointer does not start with a slash, or either is too long
     */
    public HttpIndicator jsonPointer(String pointer, String expectedValue) {
        return expecting(expectation.withJson(ExpectedJson.of(pointer, expectedValue)));
    }

    private HttpIndicator expecting(HttpExpectation expected) {
        return new HttpIndicator(request, expected, timeout, client);
    }

    /**
     * Returns a copy that sends user and password with every request, in the header {@code Authorization} (RFC 7617, in
     * UTF-8), in place of another one. Neither is ever shown. Over http anybody on the way can read them.
     *
     * @param user 1 to 1,000 characters, without colon and control characters
     * @param password at most 1,000 characters, without control characters
     * @throws IllegalArgumentException if either is anything else; the message does not hold the password
     */
    public HttpIndicator basicAuth(String user, String password) {
        return new HttpIndicator(HttpRequests.withBasicAuth(request, user, password), expectation, timeout, client);
    }

    /**
     * Returns a copy that takes its client certificate and its trust from this context, and does not share connections
     * with the original; default is what the JVM trusts, and no client certificate.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public HttpIndicator sslContext(SSLContext sslContext) {
        return new HttpIndicator(request, expectation, timeout, new LazyHttpClient(Tls.requireInitialized(sslContext)));
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
        try {
            return expectation.judge(what, client.send(request, deadline));
        } catch (TimeoutException e) {
            return Outcome.error(what + " did not answer completely " + deadline);
        } catch (ExecutionException e) {
            return Outcome.error(what + " failed: " + Reason.of(e.getCause() == null ? e : e.getCause()));
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
