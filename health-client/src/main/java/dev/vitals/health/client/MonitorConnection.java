package dev.vitals.health.client;

import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.HttpClientEnd;
import dev.vitals.health.internal.Uris;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests to one monitor. Each blocks its thread for at most the given time. */
final class MonitorConnection {
    static final int MAX_BODY_BYTES = 16 * 1_024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final URI monitor;
    private final String instances;
    private final TokenSource token;
    private final Executor workers;

    // Guards the client. It is made at the first request, since loading certificates is too slow for the app's thread.
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;

    private volatile @Nullable Future<?> putting;
    private volatile boolean aborted;
    private volatile boolean connectionWasUsed;

    MonitorConnection(URI monitor, String app, TokenSource token, Executor workers) {
        this.monitor = monitor;
        this.instances =
                Uris.join(monitor.toString(), "/api/v1/instances/" + app + "/").toString();
        this.token = token;
        this.workers = workers;
    }

    URI monitor() {
        return monitor;
    }

    /** Registers or renews. */
    MonitorAnswer put(String instance, byte[] document, Duration timeout) throws IOException {
        String secret = token.read();
        HttpRequest request = request(instance, secret)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(document))
                .build();
        try {
            return exchange(() -> startPut(request), secret, timeout);
        } catch (IOException e) {
            // A cancelled request also fails, so its future may end as cancelled or as failed.
            if (aborted) {
                throw aborted();
            }
            throw e;
        }
    }

    /** Makes the current PUT and all later ones fail with a {@code CancellationException}. Does not block. */
    void abortPut() {
        aborted = true;
        Future<?> current = putting;
        if (current != null) {
            current.cancel(true);
        }
    }

    /** Deregisters. */
    MonitorAnswer delete(String instance, Duration timeout) throws IOException {
        String secret = token.read();
        return exchange(() -> send(request(instance, secret).DELETE().build()), secret, timeout);
    }

    /** Makes another call; {@code path} is below that of the instances, or begins with a slash. A null document is no body. */
    MonitorAnswer call(String method, String path, byte @Nullable [] document, Duration timeout) throws IOException {
        String secret = token.read();
        URI uri = path.startsWith("/") ? Uris.join(monitor.toString(), path) : URI.create(instances + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        if (document != null) {
            request.header("Content-Type", "application/json");
        }
        HttpRequest made = request.method(
                        method, document == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(document))
                .build();
        return exchange(() -> send(made), secret, timeout);
    }

    /** Closes the connection and ends the client's thread, before JDK 21 after a garbage collection. */
    void close() {
        HttpClient made;
        lock.lock();
        try {
            made = client;
            client = null;
        } finally {
            lock.unlock();
        }
        if (made != null) {
            HttpClientEnd.of(made);
        }
    }

    private HttpRequest.Builder request(String instance, @Nullable String secret) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(instances + instance)).header("Accept", "application/json");
        return secret == null ? request : request.header("Authorization", "Bearer " + secret);
    }

    private CompletableFuture<HttpResponse<BoundedBody>> startPut(HttpRequest request) {
        if (aborted) {
            throw aborted();
        }
        CompletableFuture<HttpResponse<BoundedBody>> answer = send(request);
        putting = answer;
        if (aborted) {
            answer.cancel(true);
        }
        return answer;
    }

    private static CancellationException aborted() {
        return new CancellationException("the PUT was aborted");
    }

    private CompletableFuture<HttpResponse<BoundedBody>> send(HttpRequest request) {
        return client().sendAsync(request, head -> BoundedBody.upTo(MAX_BODY_BYTES));
    }

    private MonitorAnswer exchange(
            Supplier<CompletableFuture<HttpResponse<BoundedBody>>> start, @Nullable String secret, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            return exchangeOnce(start, secret, deadline);
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!connectionWasUsed) {
                throw e;
            }
            // The monitor may have just closed the kept connection; the HTTP client repeats GETs only.
            connectionWasUsed = false;
            return exchangeOnce(start, secret, deadline);
        }
    }

    private MonitorAnswer exchangeOnce(
            Supplier<CompletableFuture<HttpResponse<BoundedBody>>> start, @Nullable String secret, long deadline)
            throws IOException {
        CompletableFuture<HttpResponse<BoundedBody>> answer = start.get();
        HttpResponse<BoundedBody> response = await(answer, deadline - System.nanoTime());
        connectionWasUsed = true;
        return MonitorAnswer.of(response.statusCode(), response.body().bytes(), secret);
    }

    private HttpClient client() {
        lock.lock();
        try {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(workers)
                        .build();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    // Not the timeout of the request, which ends with the head of the answer.
    private static <T> T await(CompletableFuture<T> answer, long nanos) throws IOException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
