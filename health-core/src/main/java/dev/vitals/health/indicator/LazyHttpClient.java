package dev.vitals.health.indicator;

import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One client, made when it is first needed: a check that never runs costs no threads. */
final class LazyHttpClient {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable HttpClient client;

    HttpClient get() {
        HttpClient known = client;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            HttpClient made = client;
            if (made == null) {
                made = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
                client = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
