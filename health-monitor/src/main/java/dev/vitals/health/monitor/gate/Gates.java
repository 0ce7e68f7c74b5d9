package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.SerialQueue;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.store.GateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gates. Listener calls and requests wait in one queue and are processed one batch at a time; a decision is stored
 * first and shown second.
 *
 * <p>Thread-safe. Reads come from memory, except for gates that were decided long ago, and take no lock.
 */
public final class Gates implements RegistryListener, AutoCloseable {
    /** The most gates that may wait at once. */
    public static final int MAX_WAITING = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Gates.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 2_000;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final SerialQueue<Runnable> messages =
            new SerialQueue<>("gates", Threads.workers("monitor-gates-"), CAPACITY, MAX_BATCH, this::process);
    private final AtomicBoolean lost = new AtomicBoolean();
    private final InstantSource clock;
    private final GateViews views;
    private final GateEvaluator evaluator;
    private volatile boolean closed;

    /**
     * Loads the gates that wait. They are evaluated when something happens, at the latest after {@link #start}.
     *
     * @param pollNow asks for an extra poll of a target, by a poll that begins after the call; must not block, and must
     *     ignore a target that is not polled
     */
    public Gates(
            Registry registry,
            GateStore store,
            Suppressions suppressions,
            Consumer<TargetId> pollNow,
            Scheduler scheduler,
            InstantSource clock) {
        this.clock = clock;
        this.views = new GateViews(store, scheduler);
        this.evaluator = new GateEvaluator(registry, suppressions, views, scheduler, pollNow, this::due);
        evaluator.load(store.waiting(), now());
        suppressions.onChange(this::allDue);
    }

    /** Evaluates all gates; those whose deadline passed while the monitor was down are closed. */
    public void start() {
        allDue();
    }

    @Override
    public void watched(Target target) {
        targetUpdated(target.id());
    }

    @Override
    public void unwatched(TargetId target) {
        targetUpdated(target);
    }

    private void targetUpdated(TargetId target) {
        if (evaluator.isActive()) {
            add(() -> evaluator.targetUpdated(target, now()));
        }
    }

    @Override
    public void changed(Change change) {
        if (evaluator.isActive()) {
            add(() -> evaluator.stateChanged(change.target()));
        }
    }

    @Override
    public void recorded(Target polled, PollResult result) {
        if (evaluator.isActive()) {
            add(() -> evaluator.resultRecorded(polled, result));
        }
    }

    @Override
    public void lost() {
        if (evaluator.isActive()) {
            add(() -> evaluator.eventsLost(now()));
        }
    }

    private void due(String gate) {
        add(() -> evaluator.due(gate));
    }

    private void allDue() {
        add(evaluator::allDue);
    }

    /**
     * Adds a gate and evaluates it. The future fails with a {@link TooManyGatesException}, with an
     * {@code InvalidFieldsException}, or because the gate could not be stored; then no gate was added.
     */
    public CompletableFuture<GateView> create(Gate gate) {
        return request(() -> evaluator.add(gate, now()));
    }

    /**
     * Closes a waiting gate and returns it; a decided gate is returned as it is. Empty if there is no such gate. The future
     * fails if the gate could not be stored; then it still waits.
     */
    public CompletableFuture<Optional<GateView>> cancel(String id, @Nullable String by) {
        return request(() -> evaluator.cancel(id, by, now())).thenApply(found -> found.or(() -> view(id)));
    }

    /** Returns a gate. Asks the store if the gate was decided long ago, and throws if the store fails. */
    public Optional<GateView> view(String id) {
        return views.find(id);
    }

    /** Returns the waiting gates, the oldest first, then up to 1,000 decided ones, the newest first; asks the store. */
    public List<GateView> all() {
        return views.all();
    }

    /** Returns the history of a gate, the oldest event first; empty if there is no such gate. May ask the store. */
    public CompletableFuture<Optional<List<GateEvent>>> events(String id) {
        return request(() -> evaluator.events(id)).thenApply(found -> found.or(() -> views.storedEvents(id)));
    }

    /**
     * Waits for news of a gate, without a thread.
     *
     * @param seen the view that the caller has
     * @param untilFinal whether only a final state is news; otherwise any other answer is
     * @param wait the time after which the current view is returned without news
     */
    public CompletableFuture<GateView> follow(GateView seen, boolean untilFinal, Duration wait) {
        return views.follow(seen, untilFinal, wait);
    }

    /** Calls the listener with each new answer of a gate, after it is stored. The listener must be short and not block. */
    public void onShown(Consumer<GateView> listener) {
        views.onShown(listener);
    }

    /** Returns the number of calls of {@link #follow} that wait. */
    public int following() {
        return views.following();
    }

    /** Answers all followers, so that none waits for a monitor that stops. */
    public void release() {
        views.close();
    }

    private <T> CompletableFuture<T> request(Supplier<T> work) {
        Request<T> request = new Request<>(work, new CompletableFuture<>());
        if (!messages.add(request)) {
            request.fail(new IllegalStateException(closed ? "closed" : "too many requests wait"));
        }
        return request.answer();
    }

    private void add(Runnable event) {
        if (!messages.add(event) && !closed && lost.compareAndSet(false, true)) {
            log.warn("{} events wait for gates, further ones are dropped; all passes will count from zero", CAPACITY);
        }
    }

    private void process(List<Runnable> batch) {
        try {
            if (lost.getAndSet(false)) {
                evaluator.eventsLost(now());
            }
            for (Runnable message : batch) {
                if (message instanceof Request<?>) {
                    // Its answer reflects everything that arrived before it.
                    evaluator.evaluateChanged(now());
                }
                message.run();
            }
            evaluator.evaluateChanged(now());
        } catch (RuntimeException | Error e) {
            // Nobody knows which results of the batch were counted, so all passes count from zero.
            log.error("gates could not be evaluated", e);
            lost.set(true);
            for (Runnable message : batch) {
                if (message instanceof Request<?> request) {
                    request.fail(e);
                }
            }
        }
    }

    // In milliseconds, like the times in the store.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Answers all followers, processes what arrived, and stores the gates that still wait. */
    @Override
    public void close() {
        release();
        closed = true;
        if (messages.close(PATIENCE_AT_CLOSE)) {
            evaluator.close(now());
        } else {
            log.warn("gates were still busy {} s after the close", PATIENCE_AT_CLOSE.toSeconds());
        }
    }

    /** Work whose result somebody waits for. What it throws goes to the caller and does not disturb the batch. */
    private record Request<T>(Supplier<T> work, CompletableFuture<T> answer) implements Runnable {
        @Override
        public void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        void fail(Throwable reason) {
            answer.completeExceptionally(reason);
        }
    }

    /** There are already {@link #MAX_WAITING} waiting gates. */
    public static final class TooManyGatesException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooManyGatesException() {
            super(MAX_WAITING + " gates already wait, which is the limit");
        }
    }
}
