package dev.vitals.health.http;

import dev.vitals.health.internal.Threads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections of a {@link HealthServer}, each with a thread, of which there are at most {@link #MAX}. When all are in
 * use, the connection whose client keeps the server waiting for the longest time has to go. Thread-safe.
 */
final class Connections {
    /** How many connections, and threads for them, there are at most. */
    static final int MAX = 64;

    private static final int IDLE_SECONDS = 30;
    private static final int RETRY_MILLIS = 50;

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final SynchronousQueue<Connection> handoff = new SynchronousQueue<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final ThreadFactory threads = Threads.daemon("health-server-");
    private volatile boolean closed;

    /** Serves a connection on another thread. Waits while there are too many that do not wait for their client. */
    void serve(Connection connection) throws InterruptedException {
        open.add(connection);
        while (!closed && !handoff.offer(connection) && !startedWorker(connection)) {
            closeLongestWaiting(connection);
            if (handoff.offer(connection, RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        if (closed) {
            close();
        }
    }

    private boolean startedWorker(Connection first) {
        if (workers.incrementAndGet() > MAX) {
            workers.decrementAndGet();
            return false;
        }
        try {
            threads.newThread(() -> work(first)).start();
            return true;
        } catch (OutOfMemoryError noThread) {
            workers.decrementAndGet();
            throw noThread;
        }
    }

    private void work(Connection first) {
        try {
            for (Connection next = first;
                    next != null;
                    next = closed ? null : handoff.poll(IDLE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    next.serve();
                } finally {
                    open.remove(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.decrementAndGet();
        }
    }

    private void closeLongestWaiting(Connection newest) {
        long now = System.nanoTime();
        Connection longest = null;
        for (Connection connection : open) {
            if (connection != newest && connection.waitedNanos(now) >= 0) {
                longest = longest == null || connection.waitedNanos(now) > longest.waitedNanos(now)
                        ? connection
                        : longest;
            }
        }
        if (longest != null) {
            longest.close();
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Closes the connections whose client has taken too long. */
    void closeOverdue() {
        long now = System.nanoTime();
        open.stream().filter(connection -> connection.isOverdue(now)).forEach(Connection::close);
    }

    /** Closes all connections, those that come later too. */
    void close() {
        closed = true;
        open.forEach(Connection::close);
    }
}
