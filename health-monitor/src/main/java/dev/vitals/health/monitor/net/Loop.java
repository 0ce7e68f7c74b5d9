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
final class Loop {
    private static final int HANDSHAKES = 32;

    private final Set<Attempt> underWay = new HashSet<>();
    private final EventLoop events;
    private final Scheduler scheduler;
    private final int maxOpen;
    private final long maxAgeNanos;
    private int open;

    final Turnstile turnstile = new Turnstile(HANDSHAKES);
    final Resolver resolver;
    final Shelf shelf;
    final Executor handshakes;

    Loop(EventLoop events, Scheduler scheduler, NetSettings settings, Executor lookups, Executor handshakes) {
        this.events = events;
        this.scheduler = scheduler;
        this.maxOpen = settings.maxOpen();
        this.maxAgeNanos = settings.maxAge().toNanos();
        this.resolver = new Resolver(events, lookups, settings.lookup());
        this.shelf = new Shelf(settings.maxKept());
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

    void entered(Attempt attempt) {
        underWay.add(attempt);
    }

    void left(Attempt attempt) {
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
        for (Attempt attempt : List.copyOf(underWay)) {
            attempt.fail(FailureWords.notTried(attempt.trace.phase(), "the monitor is closing"));
        }
        shelf.closeAll();
    }
}
