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
    // Replaced on the event loop, when a second connection is tried.
    volatile Timings timings;

    private static final long LATE_NANOS = Duration.ofMillis(50).toNanos();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Duration timeout;
    private final Consumer<ExchangeResult> done;
    private volatile Scheduler.@Nullable Cancellation limit;
    private volatile long deadline;
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

    /** Returns the name that the certificate must be for. */
    String tlsName() {
        return host();
    }

    /** Returns the time after which {@link #hurry} is called; by default the whole timeout, which means never. */
    Duration patience() {
        return timeout;
    }

    /** Does something about a call that has had no answer so far; on the event loop. */
    void hurry() {}

    /** Closes what the exchange holds beside its connection; on the event loop, after a failure. */
    void closeRest() {}

    final void begin() {
        deadline = context.nanoTime() + timeout.toNanos();
        Duration patience = patience();
        limit = patience.compareTo(timeout) < 0
                ? context.scheduler().schedule(() -> runOutOfPatience(timeout.minus(patience)), patience)
                : context.scheduler().schedule(this::expire, timeout);
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

    private void runOutOfPatience(Duration left) {
        if (hasEnded()) {
            return;
        }
        Scheduler.Cancellation end = context.scheduler().schedule(this::expire, left);
        limit = end;
        if (hasEnded()) {
            end.cancel();
        } else {
            boolean unused = context.execute(this::hurry);
        }
    }

    /** Returns how much of the timeout is left; not negative. */
    final Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - context.nanoTime()));
    }

    private void expire() {
        // If this comes late, the monitor did not run, and the answer may lie in the socket.
        boolean late = context.nanoTime() - deadline > LATE_NANOS;
        if (!late || !context.executeAfterReads(this::timedOut)) {
            timedOut();
        }
    }

    private void timedOut() {
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

    final void closeOwned() {
        Channel open = channel;
        if (open != null) {
            channel = null;
            var unused = open.close();
        }
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
        closeOwned();
        closeRest();
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
