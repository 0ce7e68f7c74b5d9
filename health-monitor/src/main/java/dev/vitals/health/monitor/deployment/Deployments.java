package dev.vitals.health.monitor.deployment;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.SerialExecutor;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.Deployment.Kind;
import dev.vitals.health.monitor.model.Deployment.State;
import dev.vitals.health.monitor.registry.ConflictException;
import dev.vitals.health.monitor.store.DeploymentStore;
import dev.vitals.health.monitor.store.FailureLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployments. Changes run one after the other, each in a transaction; listeners learn of a change after it is stored.
 *
 * <p>Thread-safe. A future fails if the store does; then nothing has changed.
 */
public final class Deployments implements AutoCloseable {
    /** The most deployments that may run at once. */
    public static final int MAX_RUNNING = 1_000;

    /** A running deployment without an event for so long has failed. */
    public static final Duration SILENCE = Duration.ofHours(24);

    /** The time between two looks for silent deployments. */
    public static final Duration LOOK_INTERVAL = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(Deployments.class);
    private static final Duration REMEMBERED = Duration.ofDays(400);
    private static final int NEWEST_OF_APP = 1_000;

    private final FailureLog failures = new FailureLog(log, "the look for silent deployments");
    private final SerialExecutor changes = new SerialExecutor("monitor-deployments-");
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final DeploymentStore store;
    private final InstantSource clock;

    /** Learns of each stored event, on the thread that stored it. Must be short and must not block. */
    @FunctionalInterface
    public interface Listener {
        /** The event is stored; the deployment is as it was after the event. */
        void stored(Deployment deployment, Deployment.Event event);
    }

    /** Keeps deployments in that store. */
    public Deployments(DeploymentStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Starts to look for silent deployments. Returns what stops it. */
    public Scheduler.Cancellation start(Scheduler scheduler) {
        return scheduler.repeat(this::look, LOOK_INTERVAL);
    }

    private void look() {
        try {
            // The scheduler's thread must not wait for the store.
            changes.execute(this::failSilent);
        } catch (RejectedExecutionException closed) {
            log.debug("no look for silent deployments: closed");
        }
    }

    private void failSilent() {
        try {
            for (Deployment silent : store.silent(now().minus(SILENCE), MAX_RUNNING)) {
                end(silent, State.FAILED, "no event for " + DurationText.inWords(SILENCE));
            }
            failures.succeeded();
        } catch (RuntimeException e) {
            failures.failed(e, "the monitor tries again");
        }
    }

    /** Calls the listener after each stored event. */
    public void onEvent(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Adds a deployment that has just started; forgets those that ended more than 400 days ago, and those of the app beyond
     * the newest 1,000. Fails with a {@link TooManyDeploymentsException} if {@link #MAX_RUNNING} run.
     */
    public CompletableFuture<Deployment> start(Deployment deployment) {
        return changes.run(() -> {
            if (store.running() >= MAX_RUNNING) {
                throw new TooManyDeploymentsException();
            }
            String version = deployment.version();
            save(
                    deployment,
                    List.of(new Deployment.Event(
                            1, deployment.startedAt(), Kind.STARTED, version == null ? "" : version)));
            store.forget(now().minus(REMEMBERED), deployment.app(), NEWEST_OF_APP);
            return deployment;
        });
    }

    /**
     * Adds lines to the log of a running deployment, without secrets and cut to {@link Deployment#MAX_LINE}; empty if there
     * is no such deployment. Fails with a {@link ConflictException} if it has ended.
     */
    public CompletableFuture<Optional<Deployment>> log(String id, List<String> lines) {
        return changes.run(() -> running(id).map(known -> {
            Instant now = now();
            List<Deployment.Event> events = new ArrayList<>();
            for (String line : lines) {
                events.add(new Deployment.Event(
                        known.nextNumber() + events.size(), now, Kind.LOG, Redactor.clean(line, Deployment.MAX_LINE)));
            }
            Deployment logged = known.logged(events.size(), now);
            save(logged, events);
            return logged;
        }));
    }

    /**
     * Ends a running deployment; empty if there is no such deployment. Fails with a {@link ConflictException} if it has ended
     * already.
     *
     * @param end completed or failed
     * @param reason why it failed, or a remark
     */
    public CompletableFuture<Optional<Deployment>> end(String id, State end, @Nullable String reason) {
        return changes.run(() -> running(id).map(known -> end(known, end, reason)));
    }

    private Deployment end(Deployment running, State end, @Nullable String reason) {
        Instant now = now();
        String clean = reason == null ? null : Redactor.clean(reason, Deployment.MAX_LINE);
        Deployment ended = running.ended(end, clean, now);
        Kind kind = end == State.COMPLETED ? Kind.COMPLETED : Kind.FAILED;
        save(ended, List.of(new Deployment.Event(running.nextNumber(), now, kind, clean == null ? "" : clean)));
        return ended;
    }

    private Optional<Deployment> running(String id) {
        Optional<Deployment> found = store.find(id);
        found.filter(known -> !known.isRunning()).ifPresent(known -> {
            throw new ConflictException(
                    "deployment " + id + " has ended: it " + known.state().word() + " at " + known.endedAt());
        });
        return found;
    }

    private void save(Deployment deployment, List<Deployment.Event> events) {
        store.save(deployment, events);
        for (Listener listener : listeners) {
            try {
                events.forEach(event -> listener.stored(deployment, event));
            } catch (RuntimeException e) {
                // One listener must not keep the news from the others.
                log.error("a listener failed", e);
            }
        }
    }

    // In milliseconds, like the times in the store.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Refuses further changes and waits for those that were handed in. */
    @Override
    public void close() {
        changes.close();
    }

    /** There are already {@link #MAX_RUNNING} running deployments. */
    public static final class TooManyDeploymentsException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooManyDeploymentsException() {
            super(MAX_RUNNING + " deployments already run, which is the limit; end those that are over");
        }
    }
}
