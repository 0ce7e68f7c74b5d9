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
 * One attempt under way. It works on the event loop, and is over with whatever comes first: success, failure or the
 * time limit, which comes from the scheduler's thread.
 */
abstract class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    final NetContext loop;
    final Trace trace;

    private final AtomicBoolean settled = new AtomicBoolean();
    private final Duration timeout;
    private final Consumer<ExchangeResult> done;
    private volatile Scheduler.@Nullable Cancellation limit;
    private @Nullable Channel channel;

    Exchange(NetContext loop, Duration timeout, Consumer<ExchangeResult> done) {
        this.loop = loop;
        this.timeout = timeout;
        this.done = done;
        this.trace = new Trace(loop.nanoTime());
    }

    /** Tries, on the event loop. */
    abstract void attempt();

    /** Goes on with a connection, on the event loop. */
    abstract void connected(Channel open);

    /** Returns the host that is tried now. */
    abstract String host();

    /** Returns whether TLS is to be spoken, and how; null if not. */
    abstract @Nullable TlsSettings tls();

    abstract AddressGuard guard();

    final void begin() {
        limit = loop.scheduler().schedule(this::expire, timeout);
        if (!loop.execute(this::run)) {
            fail(FailureMessages.notTried(Phase.WAITING, "the monitor is closing"));
        }
    }

    private void run() {
        if (!settled()) {
            loop.entered(this);
            trace.begin(loop.nanoTime());
            attempt();
        }
    }

    private void expire() {
        fail(FailureMessages.timedOut(trace.phase(), host(), timeout));
    }

    final boolean settled() {
        return settled.get();
    }

    final Duration timeout() {
        return timeout;
    }

    /** From now on this connection is closed if the attempt fails. */
    final void uses(Channel open) {
        channel = open;
    }

    /** On the event loop: the connection is somebody else's from now on. */
    final void letGo() {
        channel = null;
    }

    final void fail(Failure failure) {
        if (settle(null, failure)) {
            // Whoever was first: what is open for this attempt serves nobody any more.
            boolean unused = loop.execute(this::abandon);
        }
    }

    final void succeed(@Nullable HttpAnswer answer) {
        if (settle(answer, null)) {
            loop.left(this);
        }
    }

    private void abandon() {
        loop.left(this);
        Channel open = channel;
        if (open != null) {
            channel = null;
            var unused = open.close();
        }
    }

    private boolean settle(@Nullable HttpAnswer answer, @Nullable Failure failure) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        Scheduler.Cancellation planned = limit;
        if (planned != null) {
            planned.cancel();
        }
        try {
            done.accept(new ExchangeResult(answer, failure, new Timings(trace, loop.nanoTime())));
        } catch (RuntimeException e) {
            // A callback that throws must not take the loop's other connections with it.
            log.error("the result of a call was not taken", e);
        }
        return true;
    }
}
