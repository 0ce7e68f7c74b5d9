package dev.vitals.health.monitor.net;

import dev.vitals.health.Scheduler;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The event loop and what is confined to it: the attempts under way, the open and the kept connections. */
final class NetContext {
    private static final int HANDSHAKES = 32;

    private final Set<Exchange> underWay = new HashSet<>();
    private final EventLoop events;
    private final Scheduler scheduler;
    private final int maxOpen;
    private final long maxAgeNanos;
    private int open;

    final HandshakeLimiter turnstile = new HandshakeLimiter(HANDSHAKES);
    final Resolver resolver;
    final ConnectionPool shelf;
    final Executor handshakes;

    NetContext(EventLoop events, Scheduler scheduler, NetSettings settings, Executor lookups, Executor handshakes) {
        this.events = events;
        this.scheduler = scheduler;
        this.maxOpen = settings.maxOpen();
        this.maxAgeNanos = settings.maxAge().toNanos();
        this.resolver = new Resolver(events, lookups, settings.lookup());
        this.shelf = new ConnectionPool(settings.maxKept());
        this.handshakes = handshakes;
    }

    EventLoop events() {
        return events;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    long nanoTime() {
        return scheduler.nanoTime();
    }

    /** Returns whether the task will run; not after the end. */
    boolean execute(Runnable task) {
        try {
            events.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    void entered(Exchange attempt) {
        underWay.add(attempt);
    }

    void left(Exchange attempt) {
        underWay.remove(attempt);
    }

    /** Returns whether one more connection may be opened; a kept one may have to go for it. */
    boolean room() {
        return open < maxOpen || shelf.closeEldest();
    }

    int maxOpen() {
        return maxOpen;
    }

    long maxAgeNanos() {
        return maxAgeNanos;
    }

    void opened(Channel channel) {
        open++;
        channel.closeFuture().addListener(closed -> open--);
    }

    /** Ends all that is under way. */
    void end() {
        for (Exchange attempt : List.copyOf(underWay)) {
            attempt.fail(FailureMessages.notTried(attempt.trace.phase(), "the monitor is closing"));
        }
        shelf.closeAll();
    }
}
