package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Polls with an indicator, on a bounded pool of threads. A run that hangs is a failure at its timeout, and is
 * interrupted then. As long as it does not end, its target is not run again, so that it occupies at most one thread.
 * Each kind has its own pool, so that slow name lookups do not stop commands.
 */
final class IndicatorPoller implements Poller {
    private static final int MAX_THREADS = 32;
    private static final int MAX_WAITING = 10_000;
    private static final int IDLE_SECONDS = 30;

    private final Set<TargetId> running = ConcurrentHashMap.newKeySet();
    private final PollContext context;
    private final ThreadPoolExecutor threads;

    /** A probe that an indicator checks. */
    interface IndicatorProbe extends Probe {
        /** Returns the indicator. */
        HealthCheck indicator(Duration timeout) throws GeneralSecurityException, IOException;
    }

    IndicatorPoller(String name, PollContext context) {
        this(name, MAX_THREADS, context);
    }

    IndicatorPoller(String name, int maxThreads, PollContext context) {
        this.context = context;
        this.threads = new ThreadPoolExecutor(
                maxThreads,
                maxThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                Threads.daemon("monitor-" + name + "-"));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void poll(Target target, Listener done) {
        Run run = new Run(target, done);
        if (!running.add(target.id())) {
            run.end(Judgement.error("the previous run has not ended yet"));
            return;
        }
        Future<?> future;
        try {
            future = threads.submit(run);
        } catch (RejectedExecutionException e) {
            running.remove(target.id());
            run.end(Judgement.error(
                    threads.isShutdown() ? "the monitor is closing" : "too many checks wait for a thread"));
            return;
        }
        run.limit = context.scheduler().schedule(() -> expire(run, future), target.timeout());
        if (future.isDone()) {
            run.limit.cancel();
        }
    }

    private void expire(Run run, Future<?> future) {
        String within = " within " + DurationText.inWords(run.target.timeout());
        run.end(Judgement.error((run.started ? "no result" : "no free thread") + within));
        // A run that has not started never will.
        if (future.cancel(true) && !run.started) {
            running.remove(run.target.id());
        }
    }

    /** One poll; its first end counts. */
    private final class Run implements Runnable {
        private final Target target;
        private final Listener done;
        private final Instant time = context.now();
        private final long startNanos = context.scheduler().nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile boolean started;
        private volatile Scheduler.Cancellation limit = () -> {};

        Run(Target target, Listener done) {
            this.target = target;
            this.done = done;
        }

        @Override
        public void run() {
            started = true;
            Judgement judgement = judge();
            running.remove(target.id());
            limit.cancel();
            end(judgement);
        }

        private void end(Judgement judgement) {
            if (ended.compareAndSet(false, true)) {
                Duration latency = Duration.ofNanos(context.scheduler().nanoTime() - startNanos)
                        .truncatedTo(ChronoUnit.MICROS);
                done.polled(
                        new PollResult(
                                judgement.code(), judgement.message(), null, time, latency, judgement.components()),
                        null);
            }
        }

        private Judgement judge() {
            try {
                IndicatorProbe probe = (IndicatorProbe) target.probe();
                String refusal = refusal(probe.endpoint());
                return refusal != null
                        ? Judgement.error(refusal)
                        : judgement(probe.indicator(target.timeout()).run());
            } catch (InterruptedException e) {
                return Judgement.error("interrupted");
            } catch (Exception | StackOverflowError e) {
                // An exception of an indicator must not end the polls of its target.
                return Judgement.error("failed: " + Judgement.line(e.toString()));
            }
        }

        // The JVM caches the addresses for longer than the time until the connection.
        private @Nullable String refusal(@Nullable Endpoint endpoint) throws UnknownHostException {
            AddressGuard guard = context.guard(target);
            if (endpoint == null || guard == AddressGuard.NONE) {
                return null;
            }
            for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
                Optional<String> refusal = guard.refusal(new InetSocketAddress(address, endpoint.port()));
                if (refusal.isPresent()) {
                    return "not allowed: " + refusal.get();
                }
            }
            return null;
        }
    }

    /** Appends the output of a command to the message, since only the output explains the failure. */
    private static Judgement judgement(Outcome outcome) {
        if (outcome.code() == Outcome.Code.OK) {
            return Judgement.OK;
        }
        String message = outcome.message().orElse(outcome.code().name());
        Object output = outcome.data().get("output");
        return Judgement.of(outcome.code(), Judgement.line(output == null ? message : message + ": " + output));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
