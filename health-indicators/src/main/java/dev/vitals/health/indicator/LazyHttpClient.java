package dev.vitals.health.indicator;

import dev.vitals.health.internal.BoundedBody;
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
    private static final int MAX_BODY_BYTES = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable SSLContext sslContext;
    private volatile @Nullable HttpClient client;

    /** Takes null for what the JVM trusts and no client certificate. */
    LazyHttpClient(@Nullable SSLContext sslContext) {
        this.sslContext = sslContext;
    }

    HttpResponse<BoundedBody> send(HttpRequest request, Deadline deadline)
            throws InterruptedException, TimeoutException, ExecutionException {
        CompletableFuture<HttpResponse<BoundedBody>> answer =
                get().sendAsync(request, head -> BoundedBody.upTo(MAX_BODY_BYTES));
        try {
            return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true); // closes the connection, unless the answer is complete
        }
    }

    private HttpClient get() {
        HttpClient known = client;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            HttpClient made = client;
            if (made == null) {
                HttpClient.Builder builder = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
                made = (sslContext == null ? builder : builder.sslContext(sslContext)).build();
                client = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
