package dev.vitals.health.monitor.net;

import dev.vitals.health.Scheduler;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The event loop and the state that is confined to it: the running exchanges, the open and the kept connections. */
final class NetContext {
    private static final int MAX_HANDSHAKES = 32;

    private final Set<Exchange> running = new HashSet<>();
    private final EventLoop eventLoop;
    private final Scheduler scheduler;
    private final int maxOpen;
    private final long maxAgeNanos;
    private final long maxUnusedNanos;
    private int open;

    final HandshakeLimiter handshakeLimiter = new HandshakeLimiter(MAX_HANDSHAKES);
    final Resolver resolver;
    final ConnectionPool pool;
    final Executor handshakes;

    NetContext(
            EventLoop eventLoop,
            Scheduler scheduler,
            NetClient.Settings settings,
            Executor lookups,
            Executor handshakes) {
        this.eventLoop = eventLoop;
        this.scheduler = scheduler;
        this.maxOpen = settings.maxOpen();
        this.maxAgeNanos = settings.maxAge().toNanos();
        this.maxUnusedNanos = settings.maxUnused().toNanos();
        this.resolver = new Resolver(eventLoop, lookups, settings.lookup());
        this.pool = new ConnectionPool(settings.maxKept());
        this.handshakes = handshakes;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    long nanoTime() {
        return scheduler.nanoTime();
    }

    /** Runs the task on the event loop; returns false if the loop is closed. */
    boolean execute(Runnable task) {
        try {
            eventLoop.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Runs the task on the event loop after what has arrived is read; returns false if the loop is closed. */
    boolean executeAfterReads(Runnable task) {
        try {
            // A task may run before the loop reads; a planned one runs a round later.
            var unused = eventLoop.schedule(task, 1, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    void started(Exchange exchange) {
        running.add(exchange);
    }

    void ended(Exchange exchange) {
        running.remove(exchange);
    }

    /** Returns whether one more connection may be opened. If not, closes a kept one to make room. */
    boolean hasRoom() {
        return open < maxOpen || pool.closeOldest();
    }

    int maxOpen() {
        return maxOpen;
    }

    long maxAgeNanos() {
        return maxAgeNanos;
    }

    long maxUnusedNanos() {
        return maxUnusedNanos;
    }

    void opened(Channel channel) {
        open++;
        channel.closeFuture().addListener(closed -> open--);
    }

    /** Fails the running exchanges, and closes the kept connections. */
    void close() {
        for (Exchange exchange : List.copyOf(running)) {
            exchange.fail(Failure.notTried(exchange.timings.phase(), "the monitor is closing"));
        }
        pool.closeAll();
    }
}
