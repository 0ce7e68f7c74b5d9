package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.http.internal.StatusCodes;
import dev.vitals.health.internal.BoundedBody;
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
 * Checks whether a Docker registry is reachable and usable: {@code GET /v2/} answers 200 or 401 with the header
 * {@code Docker-Distribution-Api-Version}.
 *
 * <p>An answer with another status or without the header, such as that of a proxy whose registry is down, is ERROR
 * "registry is reachable but not usable". No complete answer within the timeout and a failed connection are ERROR
 * "registry is not reachable". Data: {@code httpStatus}, {@code apiVersion}.
 *
 * <p>A run costs one HTTP/1.1 request without credentials, on a connection that is kept open between runs. The threads
 * of the client end when the check is unregistered or its {@code Health} closed.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class DockerRegistryIndicator implements HealthCheck {
    private static final String VERSION = "Docker-Distribution-Api-Version";
    private static final StatusCodes STATUS = StatusCodes.of(200, 401);

    private final HttpRequest request;
    private final Duration timeout;
    private final LazyHttpClient client;

    private DockerRegistryIndicator(HttpRequest request, Duration timeout, LazyHttpClient client) {
        this.request = request;
        this.timeout = timeout;
        this.client = client;
    }

    /**
     * Returns a check with a timeout of 2 s.
     *
     * @param registry such as {@code https://registry.example.org}: http or https, with a host, without user info, query
     *     and fragment; {@code /v2/} is added to its path
     * @throws IllegalArgumentException if the URI is not of this form
     */
    public static DockerRegistryIndicator of(URI registry) {
        HttpRequests.get(Objects.requireNonNull(registry, "registry"));
        if (registry.getRawQuery() != null || registry.getRawFragment() != null) {
            throw new IllegalArgumentException("registry must have neither query nor fragment, was "
                    + Require.shown(HttpRequests.shown(registry)));
        }
        String base = registry.toString();
        URI api = URI.create(base + (base.endsWith("/") ? "v2/" : "/v2/"));
        return new DockerRegistryIndicator(HttpRequests.get(api), Deadline.DEFAULT_TIMEOUT, new LazyHttpClient(null));
    }

    /**
     * Returns a copy that takes trusted certificates and client certificate from this context; default is the JVM's.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public DockerRegistryIndicator sslContext(SSLContext sslContext) {
        return new DockerRegistryIndicator(
                request, timeout, new LazyHttpClient(TlsMode.requireInitialized(sslContext)));
    }

    /**
     * Returns a copy that waits this long for the whole answer, connecting and body included; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public DockerRegistryIndicator timeout(Duration timeout) {
        return new DockerRegistryIndicator(request, Deadline.requireTimeout(timeout), client);
    }

    @Override
    public Outcome run() throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        String what = "GET " + request.uri();
        try {
            return judge(what, client.send(request, deadline));
        } catch (TimeoutException e) {
            return Outcome.error("registry is not reachable: " + what + " did not answer completely " + deadline);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Outcome.error("registry is not reachable: " + what + " failed: " + FailureReason.of(cause));
        }
    }

    private static Outcome judge(String what, HttpResponse<BoundedBody> answer) {
        String answered = "registry is reachable but not usable: " + what + " answered " + answer.statusCode();
        Optional<String> version = answer.headers().firstValue(VERSION).filter(value -> !value.isBlank());
        Outcome outcome = Outcome.ok();
        if (!STATUS.contains(answer.statusCode())) {
            outcome = Outcome.error(answered + ", expected " + STATUS);
        } else if (version.isEmpty()) {
            outcome = Outcome.error(answered + " without the header " + VERSION);
        }
        Outcome result = outcome.with("httpStatus", answer.statusCode());
        return version.map(value -> result.with("apiVersion", value)).orElse(result);
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
