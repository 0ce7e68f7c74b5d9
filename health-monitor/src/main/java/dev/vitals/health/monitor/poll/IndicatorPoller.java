package dev.vitals.health.monitor.poll;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TlsProbe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Polls with a ready-made indicator, each run on a thread of a bounded pool. A run that hangs is a failure at the
 * timeout and is interrupted then; if it does not end, its target is not run again until it has come back, so that it
 * holds one thread at most.
 */
final class IndicatorPoller implements Poller {
    private static final int QUEUE = 10_000;
    private static final int IDLE_SECONDS = 30;

    private final Set<TargetId> running = ConcurrentHashMap.newKeySet();
    private final Function<Target, AddressGuard> guards;
    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;
    private final InstantSource clock;

    IndicatorPoller(
            String name,
            int maxThreads,
            Function<Target, AddressGuard> guards,
            Scheduler scheduler,
            InstantSource clock) {
        this.guards = guards;
        this.scheduler = scheduler;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                maxThreads,
                maxThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                Threads.daemon("monitor-" + name + "-"));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void probe(Target target, Consumer<PollResult> done) {
        Stopwatch watch = new Stopwatch(scheduler, clock);
        Once<Judgement> once = new Once<>(reading -> done.accept(watch.result(reading, null)));
        if (!running.add(target.id())) {
            once.accept(error("the last run has not come back yet"));
            return;
        }
        Run run = new Run(target, once);
        Future<?> future;
        try {
            future = threads.submit(run);
        } catch (RejectedExecutionException e) {
            running.remove(target.id());
            once.accept(error(threads.isShutdown() ? "the monitor is closing" : "too many checks wait for a thread"));
            return;
        }
        run.limit = scheduler.schedule(() -> expire(run, future), target.timeout());
        if (future.isDone()) {
            run.limit.cancel();
        }
    }

    private void expire(Run run, Future<?> future) {
        String limit = "within " + Text.seconds(run.target.timeout());
        run.done.accept(error(run.begun ? "no result " + limit : "no thread was free " + limit));
        // One that has not begun never will.
        if (future.cancel(true) && !run.begun) {
            running.remove(run.target.id());
        }
    }

    private static Judgement error(String message) {
        return new Judgement(Outcome.Code.ERROR, message, List.of());
    }

    private final class Run implements Runnable {
        private final Target target;
        private final Once<Judgement> done;
        private volatile boolean begun;
        private volatile Scheduler.Cancellation limit = () -> {};

        Run(Target target, Once<Judgement> done) {
            this.target = target;
            this.done = done;
        }

        @Override
        public void run() {
            begun = true;
            Judgement reading = look();
            running.remove(target.id());
            limit.cancel();
            done.accept(reading);
        }

        // The JVM remembers the addresses for longer than until the connection is made.
        private @Nullable String refusal() throws UnknownHostException {
            AddressGuard guard = guards.apply(target);
            if (!(target.probe() instanceof TlsProbe tls) || guard == AddressGuard.NONE) {
                return null;
            }
            for (InetAddress address : InetAddress.getAllByName(tls.host())) {
                Optional<String> refusal = guard.refusal(new InetSocketAddress(address, tls.port()));
                if (refusal.isPresent()) {
                    return "blocked: " + refusal.get();
                }
            }
            return null;
        }

        private Judgement look() {
            try {
                String refusal = refusal();
                if (refusal != null) {
                    return error(refusal);
                }
                HealthCheck indicator = Indicators.of(target.probe(), target.timeout());
                return Indicators.reading(indicator.run());
            } catch (InterruptedException e) {
                return error("interrupted");
            } catch (Exception | StackOverflowError e) {
                // Whatever an indicator throws must not end the polling of its target.
                return error("failed: " + Text.line(e.toString()));
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
