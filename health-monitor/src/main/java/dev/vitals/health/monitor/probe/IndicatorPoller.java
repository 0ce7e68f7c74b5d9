package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.indicator.TlsExpiryIndicator.HostResolver;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.address.AddressGuard;
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
import java.util.ArrayList;
import java.util.List;
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
    private final Lookup lookup;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** A probe that an indicator checks. */
    interface IndicatorProbe extends Probe {
        /** Returns the indicator. */
        HealthCheck indicator(Duration timeout) throws GeneralSecurityException, IOException;

        /**
         * Returns the indicator, which connects to nothing but the addresses that the resolver returns. The default is for
         * kinds that do not connect.
         */
        default HealthCheck indicator(Duration timeout, HostResolver resolver)
                throws GeneralSecurityException, IOException {
            return indicator(timeout);
        }
    }

    IndicatorPoller(String name, PollContext context) {
        this(name, MAX_THREADS, context);
    }

    IndicatorPoller(String name, int maxThreads, PollContext context) {
        this(name, maxThreads, context, InetAddress::getAllByName);
    }

    IndicatorPoller(String name, int maxThreads, PollContext context, Lookup lookup) {
        this.context = context;
        this.lookup = lookup;
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
        private volatile @Nullable String unreachable;
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
                Outcome outcome =
                        probe.indicator(target.timeout(), this::allowed).run();
                String found = unreachable;
                return found != null ? Judgement.error(found) : judgement(outcome);
            } catch (InterruptedException e) {
                return Judgement.error("interrupted");
            } catch (Exception | StackOverflowError e) {
                // An exception of an indicator must not end the polls of its target.
                return Judgement.error("failed: " + Judgement.line(e.toString()));
            }
        }

        // The connection leads to exactly these addresses: a second lookup could find others.
        private InetAddress[] allowed(String host, int port) throws UnknownHostException {
            List<InetAddress> allowed = new ArrayList<>();
            String refusal = "it has no address";
            AddressGuard guard = context.guard(target);
            for (InetAddress address : found(host)) {
                Optional<String> refused = guard.refusal(new InetSocketAddress(address, port));
                if (refused.isEmpty()) {
                    allowed.add(address);
                } else {
                    refusal = refused.get();
                }
            }
            if (allowed.isEmpty()) {
                unreachable = "not allowed: " + refusal;
                throw new UnknownHostException(host);
            }
            return allowed.toArray(InetAddress[]::new);
        }

        private InetAddress[] found(String host) throws UnknownHostException {
            try {
                return lookup.resolve(host);
            } catch (UnknownHostException e) {
                unreachable = "host " + host + " is unknown";
                throw e;
            }
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
