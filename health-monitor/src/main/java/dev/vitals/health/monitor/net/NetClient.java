package dev.vitals.health.monitor.net;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reaches others over HTTP and TCP without a thread for each: one event loop for all connections, two threads for the
 * arithmetic of TLS handshakes, and a bounded number for the lookups of names. Thread-safe.
 *
 * <p>Each callback is called exactly once, on the event loop or on the scheduler's thread, no later than the call's
 * timeout; it must be short and must not block. Whatever goes wrong is a {@link Failure}, never an exception.
 *
 * <p>Of the files that the process may have open ({@code ulimit -n}) at most 80 % are connections, and at most 60 % are
 * connections that are kept between calls. Calls beyond that are made all the same, each on a connection of its own that
 * is closed afterwards. A kept connection becomes at most ten minutes old, mostly less, and is closed after six minutes
 * without use. The addresses of a name are remembered for 30 s, and by the JVM for as long again.
 */
public final class NetClient implements AutoCloseable {
    private static final int HANDSHAKE_THREADS = 2;
    private static final int IDLE_THREAD_SECONDS = 30;
    private static final Duration UNUSED = Duration.ofMinutes(6);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    private final EventLoopGroup group;
    private final ThreadPoolExecutor lookups;
    private final ThreadPoolExecutor handshakes;
    private final NetContext loop;

    private NetClient(Scheduler scheduler, NetSettings settings) {
        group = new MultiThreadIoEventLoopGroup(1, Threads.daemon("monitor-net-"), NioIoHandler.newFactory());
        lookups = new ThreadPoolExecutor(
                0,
                Resolver.MAX_RUNNING,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Threads.daemon("monitor-names-"));
        // Its queue is as long as there are handshakes under way, which the open connections bound.
        handshakes = new ThreadPoolExecutor(
                HANDSHAKE_THREADS,
                HANDSHAKE_THREADS,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Threads.daemon("monitor-handshake-"));
        handshakes.allowCoreThreadTimeOut(true);
        loop = new NetContext(group.next(), scheduler, settings, lookups, handshakes);
        sweepLater();
    }

    /** Returns a client with the bounds that the process's limit of open files allows. */
    public static NetClient start(Scheduler scheduler) {
        return start(scheduler, NetSettings.ofProcess());
    }

    static NetClient start(Scheduler scheduler, NetSettings settings) {
        return new NetClient(scheduler, settings);
    }

    /** Makes an HTTP call, and returns at once. */
    public void http(HttpCall call, Consumer<ExchangeResult> done) {
        new HttpExchange(loop, call, done).begin();
    }

    /** Connects to a port, and returns at once; the connection is closed as soon as it is there. */
    public void tcp(TcpCall call, Consumer<ExchangeResult> done) {
        new TcpExchange(loop, call, done).begin();
    }

    /** Closes the connection kept under that key, if there is one, so that the next call opens a fresh one. */
    public void forget(Object key) {
        boolean unused = loop.execute(() -> {
            HttpConnection kept = loop.shelf.take(key);
            if (kept != null) {
                kept.close();
            }
        });
    }

    private void sweepLater() {
        // Not the scheduler's: this is about real sockets, whatever time a test has.
        var unused = loop.events()
                .scheduleWithFixedDelay(
                        () -> loop.shelf.closeUnusedSince(loop.nanoTime() - UNUSED.toNanos()),
                        SWEEP_INTERVAL.toSeconds(),
                        SWEEP_INTERVAL.toSeconds(),
                        TimeUnit.SECONDS);
    }

    /** Ends the calls under way as failures, and closes all connections. Harmless when called again. */
    @Override
    public void close() {
        boolean unused = loop.execute(loop::end);
        var over = group.shutdownGracefully(0, PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        boolean unusedAnswer = over.awaitUninterruptibly(PATIENCE_AT_CLOSE.toMillis());
        // Lookups under way cannot be interrupted; their threads are daemons and end with them.
        lookups.shutdownNow();
        handshakes.shutdownNow();
    }
}
