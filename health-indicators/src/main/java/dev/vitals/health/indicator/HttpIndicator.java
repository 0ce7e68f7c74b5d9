package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.http.internal.JsonExpectation;
import dev.vitals.health.http.internal.StatusCodes;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.ContentCoding;
import dev.vitals.health.internal.Require;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Checks whether a URL answers GET with the expected status, and optionally the expected body.
 *
 * <p>A redirect is not followed: its status is compared like any other, and the message names its target. A body in the
 * coding gzip or deflate is unpacked. Another status, a missing text, no complete
 * answer within the timeout and a failed connection are ERROR. The query of the URL is not shown. Data:
 * {@code httpStatus}.
 *
 * <p>The status in an {@code application/health+json} body counts too: pass is OK, warn is WARNING, fail is ERROR, and a
 * body that cannot be read is ERROR. If both differ, the worse counts. Data: {@code healthStatus}.
 *
 * <p>A run costs one HTTP/1.1 request, on a connection that is kept open between runs, and reads at most 64 KiB of the
 * body. The first run makes the client with its threads, which all copies share; they end when the check is
 * unregistered or its {@code Health} closed.
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
     * @throws IllegalArgumentException if the URI is not of this form
     */
    public static HttpIndicator of(URI uri) {
        HttpRequest request = HttpRequests.get(Objects.requireNonNull(uri, "uri"));
        HttpExpectation expectation = HttpExpectation.of(StatusCodes.of(200));
        return new HttpIndicator(request, expectation, Deadline.DEFAULT_TIMEOUT, new LazyHttpClient(null));
    }

    /**
     * Returns a copy that expects this status; default 200.
     *
     * @throws IllegalArgumentException if it is not from 100 to 599
     */
    public HttpIndicator expectedStatus(int expectedStatus) {
        return expecting(expectation.withStatus(StatusCodes.of(expectedStatus)));
    }

    /**
     * Returns a copy that expects one of these statuses; default 200.
     *
     * @throws IllegalArgumentException if one is not from 100 to 599
     */
    public HttpIndicator expectedStatus(int first, int... others) {
        return expecting(expectation.withStatus(
                StatusCodes.of(first, Objects.requireNonNull(others, "others").clone())));
    }

    /**
     * Returns a copy that expects a status in this range, both bounds included; default 200 alone.
     *
     * @throws IllegalArgumentException if a bound is not from 100 to 599, or the first is above the second
     */
    public HttpIndicator expectedStatusRange(int from, int to) {
        return expecting(expectation.withStatus(StatusCodes.range(from, to)));
    }

    /**
     * Returns a copy that expects this text in the first 64 KiB of the body; default none. The body is decoded by the
     * charset in its content type, else as UTF-8; upper and lower case differ.
     *
     * @throws IllegalArgumentException if the text is blank or longer than 1,000 characters
     */
    public HttpIndicator bodyContains(String text) {
        return expecting(expectation.withText(Require.text("bodyContains", text, MAX_TEXT_LENGTH)));
    }

    /**
     * Returns a copy that expects this value in a JSON body of at most 64 KiB; default none. Numbers are compared by value,
     * booleans and null as text, an object or array as JSON without white space. May be called for several places: all
     * values must be there, and the message names the first that is not. A later value for the same place replaces the
     * earlier one.
     *
     * @param pointer as in RFC 6901, such as {@code /components/db/status}; at most 1,000 characters
     * @param expectedValue at most 1,000 characters; upper and lower case differ
     * @throws IllegalArgumentException if the pointer does not start with a slash, or either is too long
     */
    public HttpIndicator jsonPointer(String pointer, String expectedValue) {
        Require.text("jsonPointer", pointer, MAX_TEXT_LENGTH);
        Objects.requireNonNull(expectedValue, "expectedValue");
        if (expectedValue.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("expectedValue must have at most " + MAX_TEXT_LENGTH
                    + " characters, was " + Require.shown(expectedValue));
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("jsonPointer must start with '/', was " + Require.shown(pointer));
        }
        return expecting(expectation.withJson(new JsonExpectation(pointer, expectedValue)));
    }

    /**
     * Returns a copy that expects a health document of any format that {@link HealthDocument} reads, such as the answer of
     * Spring Boot's actuator, and counts its status; default is to read only {@code application/health+json}. A body that
     * is not a health document is ERROR. Of a document of more than 64 KiB the status counts if it stands in the first 64 KiB,
     * else it is ERROR.
     */
    public HttpIndicator healthDocument() {
        return expecting(expectation.withHealthDocument());
    }

    private HttpIndicator expecting(HttpExpectation expected) {
        return new HttpIndicator(request, expected, timeout, client);
    }

    /**
     * Returns a copy that sends user and password with every request, in the header {@code Authorization} (RFC 7617, in
     * UTF-8), instead of an earlier one. They are never shown, but can be read on the network if the URL is http.
     *
     * @param user 1 to 1,000 characters, without colon and control characters
     * @param password at most 1,000 characters, without control characters
     * @throws IllegalArgumentException if either is not of this form; the message does not show the password
     */
    public HttpIndicator basicAuth(String user, String password) {
        return new HttpIndicator(HttpRequests.withBasicAuth(request, user, password), expectation, timeout, client);
    }

    /**
     * Returns a copy that takes trusted certificates and client certificate from this context, and does not share
     * connections with the original; default is what the JVM trusts, and no client certificate.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public HttpIndicator sslContext(SSLContext sslContext) {
        return new HttpIndicator(
                request, expectation, timeout, new LazyHttpClient(TlsMode.requireInitialized(sslContext)));
    }

    /**
     * Returns a copy that sends one more header; a name may be given several times. Name and value are never shown.
     *
     * @param name letters, digits and {@code !#$%&'*+.^_`|~-}, at most 100; not one that the client sets itself, such as
     *     {@code Host}
     * @param value 1 to 4,000 characters from space to tilde
     * @throws IllegalArgumentException if either is not of this form; the message does not show the value
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
            HttpResponse<BoundedBody> answer = client.send(request, deadline);
            return judge(what, answer).with("httpStatus", answer.statusCode());
        } catch (TimeoutException e) {
            return Outcome.error(what + " did not answer completely " + deadline);
        } catch (ExecutionException e) {
            return Outcome.error(what + " failed: " + FailureReason.of(e.getCause() == null ? e : e.getCause()));
        }
    }

    private Outcome judge(String what, HttpResponse<BoundedBody> answer) {
        String contentType = answer.headers().firstValue("Content-Type").orElse("");
        HttpExpectation.Comparison compared = expectation.compare(answer.statusCode(), contentType, plain(answer));
        HealthDocument document = compared.document();
        if (document == null) {
            return compared.mismatch() == null
                    ? Outcome.ok()
                    : Outcome.error(what + " " + told(compared.mismatch(), answer));
        }
        String status = document.status().word();
        String output = document.output()
                .filter(text -> !text.isBlank())
                .map(text -> ": " + Require.shown(text))
                .orElse("");
        // The application's own reason says more than the difference in the status code, unless it passes or warns.
        String message = compared.mismatch() == null || document.status() == Status.FAIL
                ? "answered " + answer.statusCode() + " with status " + status + output
                : compared.mismatch();
        Outcome outcome =
                compared.code() == Outcome.Code.OK ? Outcome.ok() : Outcome.of(compared.code(), what + " " + message);
        return outcome.with("healthStatus", status);
    }

    /** Returns the body without the codings gzip and deflate, which some servers send unasked. */
    private static BoundedBody plain(HttpResponse<BoundedBody> answer) {
        String codings = String.join(",", answer.headers().allValues("Content-Encoding"));
        BoundedBody plain =
                codings.isEmpty() ? null : ContentCoding.undo(codings, answer.body(), LazyHttpClient.MAX_BODY_BYTES);
        return plain == null ? answer.body() : plain;
    }

    private static String told(String mismatch, HttpResponse<BoundedBody> answer) {
        String location = answer.headers().firstValue("Location").orElse("");
        return HttpExpectation.withRedirect(mismatch, answer.statusCode(), answer.uri(), location);
    }

    /** Closes the client that this and its copies share; a later run makes a new one. */
    @Override
    public void unregistered() {
        client.giveBack();
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
