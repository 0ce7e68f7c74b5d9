package dev.vitals.health.monitor.observer;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.poll.PauseWatch;
import dev.vitals.health.monitor.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the monitor can see. While it cannot, results without an answer say nothing about targets: they are dropped,
 * the targets are UNKNOWN with the reason, and one message tells of the monitor.
 *
 * <p>With canaries, these decide: when a host falls silent, its results wait until a canary has answered (then the host is
 * judged) or none has within 2 s (then the monitor cannot see). Without canaries, the monitor cannot see when three hosts or
 * more, and 60 % of all, fall silent within 75 s; it sees again when 30 % of them answer. Thread-safe.
 */
public final class Observer implements AutoCloseable {
    /** The time between two looks at clocks, pauses and, while the monitor cannot see, canaries. */
    public static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Observer.class);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(15);
    private static final Duration CLOCK_JUMP = Duration.ofMinutes(1);

    // Guards the fields below it; only they are touched while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private final Sight sight = new Sight();
    private final List<Held> held = new ArrayList<>();
    private boolean asking;
    private long blindSince;
    private int lost;

    private final AtomicLong dropped = new AtomicLong();
    private final Registry registry;
    private final Incidents incidents;
    private final Canaries canaries;
    private final PauseWatch pauses;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private volatile @Nullable String blind;
    private volatile Scheduler.@Nullable Cancellation looks;
    private Moment last;

    private record Held(Target target, PollResult result, Moment seen) {}

    /** Observes the results of this registry. */
    public Observer(
            Registry registry,
            Incidents incidents,
            Canaries canaries,
            PauseWatch pauses,
            Scheduler scheduler,
            InstantSource clock) {
        this.registry = registry;
        this.incidents = incidents;
        this.canaries = canaries;
        this.pauses = pauses;
        this.scheduler = scheduler;
        this.clock = clock;
        this.last = now();
    }

    private Moment now() {
        return new Moment(clock.instant(), scheduler.nanoTime());
    }

    /** Starts to look. What the registry knows of hosts counts as seen now. */
    public void start() {
        long nanos = scheduler.nanoTime();
        registry.each(watched -> {
            String host = hostOf(watched.target());
            PollResult result = watched.state().lastResult();
            if (host != null && result != null && answers(result)) {
                locked(() -> sight.answered(host, nanos));
            }
        });
        boolean wasBlind = incidents.open().stream().anyMatch(one -> one.cause().kind() == Cause.Kind.MONITOR);
        if (wasBlind) {
            ignore(incidents.observerRecovered("the monitor was started again"));
        }
        looks = scheduler.repeat(this::look, LOOK_INTERVAL);
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private static void ignore(CompletableFuture<?> change) {
        CompletableFuture<?> unused = change.exceptionally(failure -> {
            log.warn("the incident about the monitor could not be stored: {}", String.valueOf(failure.getMessage()));
            return null;
        });
    }

    private static boolean answers(PollResult result) {
        return result.code() != Outcome.Code.ERROR || result.httpStatus() != null;
    }

    /** Returns the host that a poll goes to; null if it goes over no network. */
    private static @Nullable String hostOf(Target target) {
        Endpoint endpoint = target.probe().endpoint();
        if (endpoint == null) {
            return null;
        }
        String label = target.labels().get(Labels.HOST);
        return label == null ? endpoint.host() : label;
    }

    /** Takes a result on its way to the registry, which it reaches now, a little later, or never. Never blocks. */
    public void take(Target target, PollResult result, Moment seen) {
        String host = hostOf(target);
        if (host == null) {
            registry.record(target, result, seen);
            return;
        }
        boolean answered = answers(result);
        Step step = answered ? answered(host) : silent(host, new Held(target, result, seen));
        switch (step) {
            case JUDGE -> registry.record(target, result, seen);
            case DROP -> dropped.incrementAndGet();
            case ASK -> canaries.ask(this::canariesAnswered);
            case HOLD -> log.debug("{}: a result waits for the canaries", target.id());
            case LOST -> {
                dropped.incrementAndGet();
                becomeBlind(reasonOfLoss());
            }
            case BACK -> {
                registry.record(target, result, seen);
                see("enough hosts answer again");
            }
        }
    }

    private enum Step {
        JUDGE,
        DROP,
        HOLD,
        ASK,
        LOST,
        BACK
    }

    private Step answered(String host) {
        lock.lock();
        try {
            sight.answered(host, scheduler.nanoTime());
            return blind != null && canaries.isEmpty() && sight.isBack(blindSince, lost) ? Step.BACK : Step.JUDGE;
        } finally {
            lock.unlock();
        }
    }

    private Step silent(String host, Held result) {
        lock.lock();
        try {
            long nanos = scheduler.nanoTime();
            boolean newly = sight.silent(host, nanos);
            if (blind != null) {
                return Step.DROP;
            }
            if (canaries.isEmpty()) {
                return newly && sight.lost(nanos).isPresent() ? Step.LOST : Step.JUDGE;
            }
            if (!newly && !asking) {
                return Step.JUDGE;
            }
            held.add(result);
            Step step = asking ? Step.HOLD : Step.ASK;
            asking = true;
            return step;
        } finally {
            lock.unlock();
        }
    }

    private String reasonOfLoss() {
        lock.lock();
        try {
            return sight.lost(scheduler.nanoTime()).orElse("most hosts stopped answering");
        } finally {
            lock.unlock();
        }
    }

    private void canariesAnswered(boolean any) {
        List<Held> waiting = new ArrayList<>();
        locked(() -> {
            waiting.addAll(held);
            held.clear();
            asking = false;
        });
        if (any) {
            waiting.forEach(one -> registry.record(one.target(), one.result(), one.seen()));
            see("a canary answers");
        } else {
            dropped.addAndGet(waiting.size());
            becomeBlind("no canary answers: " + canaries);
        }
    }

    private void becomeBlind(String why) {
        lock.lock();
        try {
            if (blind != null) {
                return;
            }
            blind = why;
            blindSince = scheduler.nanoTime();
            lost = sight.silent();
        } finally {
            lock.unlock();
        }
        log.warn("the monitor cannot see: {}; targets are UNKNOWN, results without an answer are dropped", why);
        ignore(incidents.observerTrouble(why));
    }

    private void see(String why) {
        lock.lock();
        try {
            if (blind == null) {
                return;
            }
            blind = null;
        } finally {
            lock.unlock();
        }
        log.info("the monitor sees again: {}", why);
        ignore(incidents.observerRecovered(why));
    }

    private void look() {
        Moment now = now();
        Moment before = last;
        last = now;
        Duration pause = pauses.since(before.nanos()).longest();
        Duration jump = Duration.between(before.wall(), now.wall()).minus(now.since(before));
        if (pause.compareTo(LONG_PAUSE) >= 0) {
            paused("it did not run for " + DurationText.inWords(Duration.ofSeconds(pause.toSeconds())), pause);
        } else if (jump.abs().compareTo(CLOCK_JUMP) >= 0) {
            String by = DurationText.inWords(Duration.ofSeconds(jump.abs().toSeconds()));
            paused(
                    jump.isNegative()
                            ? "its clock was set back by " + by
                            : "the machine slept, or its clock was set ahead, by " + by,
                    jump.isNegative() ? Duration.ZERO : jump);
        }
        if (blind != null && !canaries.isEmpty()) {
            canaries.ask(this::canariesAnswered);
        }
    }

    private void paused(String why, Duration pause) {
        log.warn("the monitor was disturbed: {}", why);
        ignore(incidents.observerPaused(why, pause));
    }

    /** Returns why the monitor cannot see; empty if it can. */
    public Optional<String> blind() {
        return Optional.ofNullable(blind);
    }

    /** Returns how many results were dropped since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Stops looking. */
    @Override
    public void close() {
        Scheduler.Cancellation started = looks;
        if (started != null) {
            started.cancel();
        }
    }
}
