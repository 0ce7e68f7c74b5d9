package dev.vitals.health.monitor.net;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes HTTP and TCP calls without a thread per call: one event loop for all connections, two threads for the arithmetic
 * of TLS handshakes, and a bounded number of threads for name lookups. Thread-safe.
 *
 * <p>Each callback is called exactly once, on the event loop or on the scheduler's thread, no later than the call's
 * timeout; it must be short and must not block. Every problem is reported as a {@link Failure}, never as an exception.
 *
 * <p>At most 80 % of the files that the process may open ({@code ulimit -n}) are connections, and at most 60 % are kept
 * connections. A call beyond the second limit uses a connection that is closed afterwards. A kept connection is closed
 * at the age that its call allows, at the latest after ten minutes; after 90 s without use; and after a failure or an
 * answer with another status than before. If it answers nothing within half of a call's timeout, the call is made again
 * on a new connection beside it, and the first answer counts. If it is closed, or answers 408 or 421, the call is made
 * again on a new connection. The addresses of a name are cached for 30 s, and for the same time again by the JVM. All of
 * them are tried within the timeout, each for its share of the time that is left.
 */
public final class NetClient implements AutoCloseable {
    private static final int HANDSHAKE_THREADS = 2;
    private static final int IDLE_THREAD_SECONDS = 30;
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final EventLoopGroup group;
    private final ThreadPoolExecutor lookups;
    private final ThreadPoolExecutor handshakes;
    private final NetContext context;

    /**
     * The limits of a client.
     *
     * @param maxOpen the most connections that may be open
     * @param maxKept the most connections that may be kept for later calls
     * @param maxAge the most time that a kept connection is used
     * @param maxUnused the most time between two uses of a kept connection
     * @param lookup finds the addresses of a name
     */
    record Settings(int maxOpen, int maxKept, Duration maxAge, Duration maxUnused, Resolver.Lookup lookup) {
        private static final Duration MAX_AGE = Duration.ofMinutes(10);
        // Some firewalls and balancers forget a connection after a few minutes, without a word to either side.
        private static final Duration MAX_UNUSED = Duration.ofSeconds(90);
        private static final double OPEN_SHARE = 0.8;
        private static final double KEPT_SHARE = 0.6;
        private static final int DEFAULT_FILES = 8_192;
        private static final int MAX_FILES = 1_000_000;

        /** Returns the settings for the process's limit of open files. */
        static Settings ofProcess() {
            int files = maxFiles();
            return new Settings(
                    Math.max(1, (int) (files * OPEN_SHARE)),
                    (int) (files * KEPT_SHARE),
                    MAX_AGE,
                    MAX_UNUSED,
                    InetAddress::getAllByName);
        }

        private static int maxFiles() {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
                return (int) Math.min(MAX_FILES, Math.max(1, unix.getMaxFileDescriptorCount()));
            }
            return DEFAULT_FILES;
        }
    }

    private NetClient(Scheduler scheduler, Settings settings) {
        group = new MultiThreadIoEventLoopGroup(1, Threads.daemon("monitor-net-"), NioIoHandler.newFactory());
        lookups = new ThreadPoolExecutor(
                0,
                Resolver.MAX_RUNNING,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Threads.daemon("monitor-names-"));
        // The number of open connections bounds the queue.
        handshakes = new ThreadPoolExecutor(
                HANDSHAKE_THREADS,
                HANDSHAKE_THREADS,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Threads.daemon("monitor-handshake-"));
        handshakes.allowCoreThreadTimeOut(true);
        context = new NetContext(group.next(), scheduler, settings, lookups, handshakes);
        closeUnusedRegularly();
    }

    /** Starts a client with the limits that fit the process's limit of open files. */
    public static NetClient start(Scheduler scheduler) {
        return start(scheduler, Settings.ofProcess());
    }

    static NetClient start(Scheduler scheduler, Settings settings) {
        return new NetClient(scheduler, settings);
    }

    /** Starts an HTTP call, and returns at once. */
    public void http(HttpCall call, Consumer<ExchangeResult> done) {
        new HttpExchange(context, call, done).begin();
    }

    /** Starts to connect to a port, and returns at once. The connection is closed as soon as it is open. */
    public void tcp(TcpCall call, Consumer<ExchangeResult> done) {
        call.exchange(context, done).begin();
    }

    /** Runs a short task on the event loop; does nothing if the client is closed. */
    public void execute(Runnable task) {
        boolean unused = context.execute(task);
    }

    /** Closes the connection that is kept for the key, if there is one; the next call opens a new one. */
    public void forget(Object key) {
        boolean unused = context.execute(() -> {
            HttpConnection kept = context.pool.take(key);
            if (kept != null) {
                kept.close();
            }
        });
    }

    private void closeUnusedRegularly() {
        // Not on the scheduler: sockets age in real time, whatever time a test uses.
        var unused = context.eventLoop()
                .scheduleWithFixedDelay(
                        () -> context.pool.closeUnusedSince(context.nanoTime() - context.maxUnusedNanos()),
                        SWEEP_INTERVAL.toSeconds(),
                        SWEEP_INTERVAL.toSeconds(),
                        TimeUnit.SECONDS);
    }

    /** Fails the running calls, and closes all connections. A second call does nothing. */
    @Override
    public void close() {
        boolean unused = context.execute(context::close);
        var closed = group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        boolean unusedAnswer = closed.awaitUninterruptibly(CLOSE_TIMEOUT.toMillis());
        // A running lookup cannot be interrupted; its thread is a daemon and ends with the lookup.
        lookups.shutdownNow();
        handshakes.shutdownNow();
    }
}
