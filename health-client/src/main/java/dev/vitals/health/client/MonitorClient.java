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
 * that lost its data learns of the instance again. While a monitor is away it tries for ever, at random intervals that
 * grow to a minute. The application is neither delayed nor disturbed: all input and output is done on daemon threads of
 * the client's own, and a failure is a line in the log: the first as WARN, those after it as DEBUG, the recovery as
 * INFO.
 */
public final class MonitorClient implements AutoCloseable {
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final List<Registrar> registrars;
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
        registrars = builder.monitors.stream()
                .map(monitor -> {
                    MonitorConnection connection =
                            new MonitorConnection(monitor, registration.app(), builder.token, workers);
                    return new Registrar(registration, name, connection, scheduler, workers);
                })
                .toList();
    }

    /**
     * Returns a builder of a client of that monitor.
     *
     * @throws IllegalArgumentException if the URI is not http or https with a host, or has user info, query or fragment
     */
    public static MonitorClientBuilder builder(URI monitor) {
        return new MonitorClientBuilder().monitor(monitor);
    }

    static MonitorClient start(MonitorClientBuilder builder) {
        MonitorClient client = new MonitorClient(builder, Registration.of(builder));
        client.registrars.forEach(Registrar::begin);
        return client;
    }

    /** Returns whether every monitor took the latest attempt; false before the first and after closing. */
    public boolean registered() {
        return registrars.stream().allMatch(Registrar::registered);
    }

    /** Returns the name of the instance; empty while it is to be made of a port that is not yet known. */
    public Optional<String> instance() {
        return name.known();
    }

    /**
     * Deregisters, and ends. Waits at most two seconds for the monitors; a registration that could not be taken back is
     * left to its lease. Closing again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // An interrupt from before, as in a shutdown, must not keep the monitors from being told; a new one may.
        boolean interrupted = Thread.interrupted();
        try {
            long now = System.nanoTime();
            registrars.forEach(Registrar::close);
            if (!gone(now + CLOSE_PATIENCE.toNanos())) {
                registrars.forEach(Registrar::abort);
                gone(now + CLOSE_TIME.toNanos());
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

    private boolean gone(long deadlineNanos) throws InterruptedException {
        boolean all = true;
        for (Registrar registrar : registrars) {
            all &= registrar.gone(deadlineNanos);
        }
        return all;
    }
}
