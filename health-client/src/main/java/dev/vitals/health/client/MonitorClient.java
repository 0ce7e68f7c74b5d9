package dev.vitals.health.client;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.internal.WorkerPool;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(MonitorClient.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_MAINTENANCE = Duration.ofHours(4);
    private static final int MAX_BY = 100;
    private static final int MAX_REASON = 500;

    // Those of one monitor at the same place in both. They change only if the monitor is discovered.
    private final List<MonitorConnection> connections = new CopyOnWriteArrayList<>();
    private final List<RegistrationLoop> loops = new CopyOnWriteArrayList<>();
    private final Registration registration;
    private final TokenSource token;
    private final @Nullable Discovery discovery;
    private final InstanceName name;
    private final Scheduler scheduler;
    private final WorkerPool workers;
    private final boolean ownsScheduler;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MonitorClient(MonitorClientBuilder builder, Registration registration) {
        Scheduler given = builder.scheduler;
        ownsScheduler = given == null;
        scheduler = given == null ? Scheduler.daemon("vitals-client") : given;
        name = new InstanceName(builder.instance);
        workers = Threads.workers("vitals-client-");
        this.registration = registration;
        token = builder.token;
        builder.monitors.forEach(this::add);
        discovery = builder.discovers ? new Discovery(builder.interfaces, workers, this::follow) : null;
    }

    private RegistrationLoop add(URI monitor) {
        RegistrationLoop loop = new RegistrationLoop(registration, name, connection(monitor), scheduler, workers);
        loops.add(loop);
        // Apart from that of the loop, which makes one call at a time.
        connections.add(connection(monitor));
        return loop;
    }

    private MonitorConnection connection(URI monitor) {
        return new MonitorConnection(monitor, registration.app(), token, workers);
    }

    /** Registers with the discovered monitor in place of the one before. Called by one thread at a time. */
    private void follow(URI monitor) {
        List<RegistrationLoop> before = List.copyOf(loops);
        List<MonitorConnection> unused = List.copyOf(connections);
        RegistrationLoop next = add(monitor);
        loops.removeAll(before);
        connections.removeAll(unused);
        before.forEach(RegistrationLoop::close);
        unused.forEach(MonitorConnection::close);
        next.start();
        if (closed.get()) {
            // Nobody else knows of it.
            next.close();
        }
    }

    /**
     * Returns a builder of a client of this monitor.
     *
     * @throws IllegalArgumentException if the URI is not http or https with a host, or has user info, query or fragment
     */
    public static MonitorClientBuilder builder(URI monitor) {
        return new MonitorClientBuilder().monitor(monitor);
    }

    /**
     * Returns a builder of a client of the monitor that announces itself in the local network, see
     * {@link MonitorClientBuilder#discover}.
     *
     * @throws IllegalStateException if JmDNS ({@code org.jmdns:jmdns}) is not on the class path
     */
    public static MonitorClientBuilder discover() {
        return new MonitorClientBuilder().discover();
    }

    static MonitorClient start(MonitorClientBuilder builder) {
        MonitorClient client = new MonitorClient(builder, Registration.of(builder));
        client.loops.forEach(RegistrationLoop::start);
        Discovery discovery = client.discovery;
        if (discovery != null) {
            discovery.start();
        }
        return client;
    }

    /** Returns whether every monitor accepted the latest attempt; false before the first attempt and after closing. */
    public boolean registered() {
        List<RegistrationLoop> all = List.copyOf(loops);
        return !all.isEmpty() && all.stream().allMatch(RegistrationLoop::registered);
    }

    /** Returns the name of the instance; empty until the port is known that it is made from. */
    public Optional<String> instance() {
        return name.known();
    }

    /**
     * Silences messages about this instance, for a deployment; a second call replaces the first. Ends by itself, or by
     * {@link #endMaintenance}.
     *
     * @param duration from 1 s to 4 h
     * @param reason for people; from 1 to 500 characters
     * @return whether every monitor took it; completes within 10 s, never with an exception. It is false before the instance is
     *     registered, and after closing
     * @throws IllegalArgumentException if an argument is out of its bounds
     */
    public CompletableFuture<Boolean> maintenance(Duration duration, String reason) {
        Require.range("duration", duration, Duration.ofSeconds(1), LONGEST_MAINTENANCE);
        byte[] document = document(json -> json.writeNumberField("duration", duration.toSeconds()), reason);
        return onInstance("PUT", document);
    }

    /** Ends the maintenance of this instance; the result is as for {@link #maintenance}. */
    public CompletableFuture<Boolean> endMaintenance() {
        return onInstance("DELETE", null);
    }

    /**
     * Says that somebody takes care of an incident, which ends its reminders. Needs the token of an operator: that of a
     * registrar may only register.
     *
     * @param incident the id of the incident
     * @param by who takes care of it; from 1 to 100 characters
     * @param reason for people; from 1 to 500 characters
     * @return whether one of the monitors has this incident and took it; completes within 10 s, never with an exception
     * @throws IllegalArgumentException if an argument is out of its bounds
     */
    public CompletableFuture<Boolean> acknowledge(String incident, String by, String reason) {
        Require.name("incident", incident);
        Require.text("by", by, MAX_BY);
        byte[] document = document(json -> json.writeStringField("by", by), reason);
        return all("POST", connection -> "/api/v1/incidents/" + incident + "/acknowledge", document)
                .thenApply(answers -> answers.contains(true));
    }

    private static byte[] document(Json.Writer first, String reason) {
        Require.text("reason", reason, MAX_REASON);
        return Json.write(json -> {
            json.writeStartObject();
            first.write(json);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    private CompletableFuture<Boolean> onInstance(String method, byte @Nullable [] document) {
        Optional<String> instance = name.known();
        if (instance.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return all(method, connection -> instance.get() + "/maintenance", document)
                .thenApply(answers -> !answers.contains(false));
    }

    private CompletableFuture<List<Boolean>> all(
            String method, Function<MonitorConnection, String> path, byte @Nullable [] document) {
        List<CompletableFuture<Boolean>> calls = connections.stream()
                .map(connection -> start(() -> call(connection, method, path.apply(connection), document)))
                .toList();
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .thenApply(done -> calls.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Boolean> start(Supplier<Boolean> call) {
        try {
            return CompletableFuture.supplyAsync(call, workers).exceptionally(failure -> false);
        } catch (RejectedExecutionException closing) {
            return CompletableFuture.completedFuture(false);
        }
    }

    private boolean call(MonitorConnection connection, String method, String path, byte @Nullable [] document) {
        if (closed.get()) {
            return false;
        }
        try {
            MonitorAnswer answer = connection.call(method, path, document, CALL_TIMEOUT);
            if (!answer.accepted()) {
                log.warn("{} {} at {}: {}", method, path, connection.monitor(), answer.text());
            }
            return answer.accepted();
        } catch (IOException e) {
            log.warn("{} {} at {}: {}", method, path, connection.monitor(), String.valueOf(e.getMessage()));
            return false;
        }
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
            if (discovery != null) {
                discovery.close();
            }
            loops.forEach(RegistrationLoop::close);
            if (!awaitEnd(now + CLOSE_PATIENCE.toNanos())) {
                loops.forEach(RegistrationLoop::abort);
                awaitEnd(now + CLOSE_TIME.toNanos());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            connections.forEach(MonitorConnection::close);
            if (ownsScheduler) {
                scheduler.close();
            }
            workers.close();
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
