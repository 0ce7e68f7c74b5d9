package dev.vitals.health.client;

import dev.vitals.health.internal.BoundedBody;
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

/** The requests to one monitor. Each blocks its thread, for no longer than the time it is given. */
final class MonitorConnection {
    static final int MAX_BODY_BYTES = 16 * 1_024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String HIDDEN = "***";

    private final URI monitor;
    private final String instances;
    private final @Nullable String token;
    private final Executor workers;

    // Guards the client, which is made at the first request: that loads certificates, too slow for the app's thread.
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;

    private volatile @Nullable Future<?> putting;
    private volatile boolean aborted;
    private volatile boolean kept;

    MonitorConnection(URI monitor, String app, @Nullable String token, Executor workers) {
        this.monitor = monitor;
        this.instances = monitor.toString().replaceAll("/+$", "") + "/api/v1/instances/" + app + "/";
        this.token = token;
        this.workers = workers;
    }

    URI monitor() {
        return monitor;
    }

    /** Registers or renews. */
    Answer put(String instance, byte[] document, Duration timeout) throws IOException {
        HttpRequest request = request(instance)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(document))
                .build();
        try {
            return exchange(() -> startPut(request), timeout);
        } catch (IOException e) {
            // A cancelled request fails first: whether its future ends as cancelled or as failed is a race.
            if (aborted) {
                throw aborted();
            }
            throw e;
        }
    }

    /** Ends the waiting for a PUT, now and from now on, by a {@code CancellationException}. Does not block. */
    void abortPut() {
        aborted = true;
        Future<?> underWay = putting;
        if (underWay != null) {
            underWay.cancel(true);
        }
    }

    /** Deregisters. */
    Answer delete(String instance, Duration timeout) throws IOException {
        return exchange(() -> send(request(instance).DELETE().build()), timeout);
    }

    /** Lets go of the client; its thread ends when nobody holds it any more. */
    void close() {
        lock.lock();
        try {
            client = null;
        } finally {
            lock.unlock();
        }
    }

    private HttpRequest.Builder request(String instance) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(instances + instance)).header("Accept", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
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

    private Answer exchange(Supplier<CompletableFuture<HttpResponse<BoundedBody>>> start, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            return exchangeOnce(start, deadline);
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!kept) {
                throw e;
            }
            // The monitor may have closed the kept connection just then; the client repeats GETs only.
            kept = false;
            return exchangeOnce(start, deadline);
        }
    }

    private Answer exchangeOnce(Supplier<CompletableFuture<HttpResponse<BoundedBody>>> start, long deadline)
            throws IOException {
        CompletableFuture<HttpResponse<BoundedBody>> answer = start.get();
        HttpResponse<BoundedBody> response = await(answer, deadline - System.nanoTime());
        kept = true;
        byte[] body = response.body().bytes();
        String text = Problem.text(response.statusCode(), body);
        return new Answer(
                response.statusCode(), token == null ? text : text.replace(token, HIDDEN), FirstPoll.trouble(body));
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

    // The time is kept here and not by the request, whose own timeout ends with the head of the answer.
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
