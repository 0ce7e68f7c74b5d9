package dev.vitals.health.client;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps one instance of an application registered with its monitors until it is closed. Thread-safe.
 *
 * <pre>{@code
 * MonitorClient client = MonitorClient.builder(URI.create("http://monitor:8090"))
 *         .app("orders")
 *         .url(URI.create("http://localhost:8080"))
 *         .notify("ops@example.org")
 *         .label("machine", "m1")
 *         .start();
 * }</pre>
 *
 * <p>It renews the registration at a third of the lease, and every five minutes if the lease is zero, so that a monitor
 * that lost its data gets the instance back. While a monitor is away it retries without end, after random pauses of up to
 * one minute. It never delays or breaks the application: the client's daemon threads do all I/O, and a failure is logged,
 * the first at WARN, further ones at DEBUG, the recovery at INFO.
 */
public final class MonitorClient implements AutoCloseable {
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final List<RegistrationLoop> loops;
    private final InstanceName name;
    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MonitorClient(MonitorClientBuilder builder, Registration registration) {
        Scheduler given = builder.scheduler;
        ownsScheduler = given == null;
        scheduler = given == null ? Scheduler.daemon("vitals-client") : given;
        name = new InstanceName(builder.instance);
        Executor workers = Threads.workers("vitals-client-");
        loops = builder.monitors.stream()
                .map(monitor -> {
                    MonitorConnection connection =
                            new MonitorConnection(monitor, registration.app(), builder.token, workers);
                    return new RegistrationLoop(registration, name, connection, scheduler, workers);
                })
                .toList();
    }

    /**
     * Returns a builder of a client of this monitor.
     *
     * @throws IllegalArgumentException if the URI is not http or https with a host, or has user info, query or fragment
     */
    public static MonitorClientBuilder builder(URI monitor) {
        return new MonitorClientBuilder().monitor(monitor);
    }

    static MonitorClient start(MonitorClientBuilder builder) {
        MonitorClient client = new MonitorClient(builder, Registration.of(builder));
        client.loops.forEach(RegistrationLoop::start);
        return client;
    }

    /** Returns whether every monitor accepted the latest attempt; false before the first attempt and after closing. */
    public boolean registered() {
        return loops.stream().allMatch(RegistrationLoop::registered);
    }

    /** Returns the name of the instance; empty until the port is known that it is made from. */
    public Optional<String> instance() {
        return name.known();
    }

    /**
     * Deregisters and ends. Waits at most two seconds for the monitors; a registration that cannot be deregistered ends with
     * its lease. Closing again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // An earlier interrupt, as in a shutdown, must not prevent deregistering; a new one may.
        boolean interrupted = Thread.interrupted();
        try {
            long now = System.nanoTime();
            loops.forEach(RegistrationLoop::close);
            if (!awaitEnd(now + CLOSE_PATIENCE.toNanos())) {
                loops.forEach(RegistrationLoop::abort);
                awaitEnd(now + CLOSE_TIME.toNanos());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (ownsScheduler) {
                scheduler.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        boolean all = true;
        for (RegistrationLoop loop : loops) {
            all &= loop.awaitEnd(deadlineNanos);
        }
        return all;
    }
}
