package dev.vitals.health.monitor.net;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.address.AddressGuard;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running call. It works on the event loop, and ends with its first outcome: success, failure, or the timeout, which
 * comes from the scheduler's thread.
 */
abstract class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    final NetContext context;
    final Timings timings;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Duration timeout;
    private final Consumer<ExchangeResult> done;
    private volatile Scheduler.@Nullable Cancellation limit;
    private @Nullable Channel channel;

    Exchange(NetContext context, Duration timeout, Consumer<ExchangeResult> done) {
        this.context = context;
        this.timeout = timeout;
        this.done = done;
        this.timings = new Timings(context.nanoTime());
    }

    /** Starts the call, on the event loop. */
    abstract void start();

    /** Continues with an open connection, on the event loop. */
    abstract void connected(Channel open);

    /** Returns the current host. */
    abstract String host();

    /** Returns the TLS settings for the current host; null for a connection without TLS. */
    abstract @Nullable TlsSettings tls();

    abstract AddressGuard guard();

    final void begin() {
        limit = context.scheduler().schedule(this::expire, timeout);
        if (!context.execute(this::run)) {
            fail(Failure.notTried(Timings.Phase.WAITING, "the monitor is closing"));
        }
    }

    private void run() {
        if (!hasEnded()) {
            context.started(this);
            timings.restart(context.nanoTime());
            start();
        }
    }

    private void expire() {
        fail(Failure.timedOut(timings.phase(), host(), timeout));
    }

    final boolean hasEnded() {
        return ended.get();
    }

    final Duration timeout() {
        return timeout;
    }

    /** Closes this connection if the exchange fails from now on. */
    final void owns(Channel open) {
        channel = open;
    }

    /** Leaves the connection to its next owner; on the event loop. */
    final void release() {
        channel = null;
    }

    final void fail(Failure failure) {
        if (end(null, failure)) {
            boolean unused = context.execute(this::abandon);
        }
    }

    final void succeed(@Nullable HttpAnswer answer) {
        if (end(answer, null)) {
            context.ended(this);
        }
    }

    private void abandon() {
        context.ended(this);
        Channel open = channel;
        if (open != null) {
            channel = null;
            var unused = open.close();
        }
    }

    private boolean end(@Nullable HttpAnswer answer, @Nullable Failure failure) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        Scheduler.Cancellation planned = limit;
        if (planned != null) {
            planned.cancel();
        }
        long now = context.nanoTime();
        Timings result = context.eventLoop().inEventLoop() ? timings.end(now) : timings.endedCopy(now);
        try {
            done.accept(new ExchangeResult(answer, failure, result));
        } catch (RuntimeException e) {
            // A callback that throws must not stop the other connections of the loop.
            log.error("the callback of a call threw an exception", e);
        }
        return true;
    }
}
