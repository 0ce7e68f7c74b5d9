package dev.vitals.health.indicator;

import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.HttpClientEnd;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.internal.WorkerPool;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A client for HTTP/1.1 that is made at the first request: a check that never runs costs no threads. */
final class LazyHttpClient {
    static final int MAX_BODY_BYTES = 65_536;

    // Guards the making of the client.
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable SSLContext sslContext;
    private volatile @Nullable Running running;

    private record Running(HttpClient client, WorkerPool workers) {}

    /** Takes null for what the JVM trusts and no client certificate. */
    LazyHttpClient(@Nullable SSLContext sslContext) {
        this.sslContext = sslContext;
    }

    HttpResponse<BoundedBody> send(HttpRequest request, Deadline deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        Running used = get();
        try {
            return send(used.client(), request, deadline);
        } catch (ExecutionException e) {
            if (used.equals(running)) {
                throw e;
            }
            // Another check that shares this client was unregistered meanwhile, and gave it back.
            return send(get().client(), request, deadline);
        }
    }

    private static HttpResponse<BoundedBody> send(HttpClient client, HttpRequest request, Deadline deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        CompletableFuture<HttpResponse<BoundedBody>> answer =
                client.sendAsync(request, head -> BoundedBody.upTo(MAX_BODY_BYTES));
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true); // closes the connection, unless the answer is complete
        }
    }

    /** Closes the connections and ends the threads, on JDK 17 after a garbage collection; the next request makes new ones. */
    void giveBack() {
        Running known = running;
        running = null;
        if (known != null) {
            HttpClientEnd.of(known.client());
            known.workers().close();
        }
    }

    private Running get() {
        Running known = running;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            Running made = running;
            if (made == null) {
                WorkerPool workers = Threads.workers("health-http-client-");
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .executor(workers)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
                HttpClient client = (sslContext == null ? builder : builder.sslContext(sslContext)).build();
                made = new Running(client, workers);
                running = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
