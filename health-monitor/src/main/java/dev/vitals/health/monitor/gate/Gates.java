package dev.vitals.health.monitor.gate;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gates. One thread takes in results, judges, stores, and only then shows; a final state is shown only once it is
 * stored. Thread-safe; reading is from memory, but for gates that were decided long ago, and holds no lock.
 */
public final class Gates implements RegistryListener, AutoCloseable {
    /** How many gates may wait at once. */
    public static final int MAX_WAITING = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Gates.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 2_000;
    private static final int MAX_LISTED = 1_000;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final BlockingQueue<GateMessage> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicReference<@Nullable List<GateMessage.Result>> recorded = new AtomicReference<>();
    private final GateViews board = new GateViews();
    private final GateStore store;
    private final Time time;
    private final GateEvaluator bench;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** Loads the gates that wait; they go on waiting from {@link #start} on. */
    public Gates(Registry registry, GateStore store, Suppressions suppressions, PollNow pollNow, Time time) {
        this.store = store;
        this.time = time;
        Judge judge = new Judge(registry, suppressions);
        this.bench = new GateEvaluator(
                registry, judge, new Journal(store, board), pollNow, new Alarm(time, this::due, this::recorded));
        suppressions.onChange(() -> offer(new GateMessage.AllDue()));
        bench.load(store.waiting(), time.now());
    }

    /** Begins to judge; a gate whose time ended in between is closed. */
    public void start() {
        offer(new GateMessage.AllDue());
        Thread started = Threads.daemon("monitor-gates-").newThread(this::run);
        thread = started;
        started.start();
    }

    /** Takes a result; the target is as it was when the poll began. Never blocks, and costs nothing while no gate waits. */
    public void observe(Target polled, PollResult result) {
        if (bench.active()) {
            offer(new GateMessage.Result(polled, result));
        }
    }

    @Override
    public void watched(Target target) {
        moved(target.id());
    }

    @Override
    public void unwatched(TargetId target) {
        moved(target);
    }

    private void moved(TargetId target) {
        if (bench.active()) {
            offer(new GateMessage.Moved(target));
        }
    }

    @Override
    public void changed(Change change) {
        if (bench.active()) {
            offer(new GateMessage.Changed(change.target()));
        }
    }

    private void recorded(List<GateMessage.Result> results) {
        // Apart from the queue, which may be full: without these, all later ones would be held for ever.
        recorded.set(results);
        offer(new GateMessage.Due(""));
    }

    private void due(String gate) {
        offer(new GateMessage.Due(gate));
    }

    private void offer(GateMessage command) {
        if (!queue.offer(command) && lost.compareAndSet(false, true)) {
            log.warn(
                    "{} events wait for gates; further ones are dropped, and all passes will count from nothing",
                    CAPACITY);
        }
    }

    /**
     * Adds a gate and judges it. The future fails with a {@link TooManyGatesException}, with an
     * {@code InvalidFieldsException}, or because the gate could not be stored; then there is no gate.
     */
    public CompletableFuture<GateView> create(Gate gate) {
        return edit(() -> bench.add(gate, time.now()));
    }

    /** Closes a gate that waits, and returns it as it is then; empty if there is none. Fails if that cannot be stored. */
    public CompletableFuture<Optional<GateView>> cancel(String id, @Nullable String by) {
        return edit(() -> bench.cancel(id, by, time.now())).thenApply(found -> found.or(() -> view(id)));
    }

    /** Returns a gate as it is now; asks the store for one that was decided long ago, and fails if that fails. */
    public Optional<GateView> view(String id) {
        GateView shown = board.view(id);
        return shown != null ? Optional.of(shown) : store.find(id).map(GateView::read);
    }

    /** Returns the gates, those that wait first, then up to 1,000 decided ones, the newest first; asks the store. */
    public List<GateView> all() {
        List<GateRow> decided = store.decided(MAX_LISTED);
        List<GateView> all = new ArrayList<>(board.views().stream()
                .filter(view -> !view.state().isFinal())
                .sorted((one, other) -> one.gate()
                        .attribution()
                        .at()
                        .compareTo(other.gate().attribution().at()))
                .toList());
        decided.forEach(row -> all.add(GateView.read(row)));
        return all;
    }

    /** Returns what happened to a gate, the oldest first; empty if there is none. The future fails if the store fails. */
    public CompletableFuture<Optional<List<GateEvent>>> events(String id) {
        return edit(() -> bench.events(id))
                .thenApply(waiting -> waiting.or(() -> store.find(id)
                        .map(row -> row.events().stream().map(GateEvent::read).toList())));
    }

    /**
     * Returns the gate when it is final, or, unless that alone is wanted, when it says something else than was seen; after
     * that time as it is then. Holds no thread.
     */
    public CompletableFuture<GateView> follow(GateView seen, boolean untilFinal, Duration wait) {
        return board.follow(seen, untilFinal, wait, time.scheduler());
    }

    /** Returns how many calls wait for news. */
    public int following() {
        return board.following();
    }

    /** Answers all who follow, so that nobody waits for a monitor that ends. */
    public void release() {
        board.close();
    }

    private <T> CompletableFuture<T> edit(Supplier<T> work) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        if (closed || !queue.offer(new GateMessage.Edit<>(work, promise))) {
            promise.completeExceptionally(new IllegalStateException(closed ? "closed" : "too much is waiting"));
        }
        return promise;
    }

    private void run() {
        List<GateMessage> arrived = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            arrived.clear();
            try {
                arrived.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody but close() may end this thread, and that does not interrupt.
                log.debug("interrupt passed over");
            }
            queue.drainTo(arrived, MAX_BATCH);
            List<GateMessage.Result> shown = recorded.getAndSet(null);
            if (shown != null) {
                arrived.add(0, new GateMessage.Recorded(shown));
            }
            try {
                if (lost.compareAndSet(true, false)) {
                    bench.lose(time.now());
                }
                bench.process(arrived, time.now());
            } catch (RuntimeException | Error e) {
                // Without this thread all gates would stand still unnoticed. What it would have counted is not known.
                log.error("judging gates failed", e);
                lost.set(true);
                refuse(arrived, e);
            }
        }
        bench.close(time.now());
    }

    private static void refuse(List<GateMessage> commands, Throwable reason) {
        for (GateMessage command : commands) {
            if (command instanceof GateMessage.Edit<?> edit) {
                edit.promise().completeExceptionally(reason);
            }
        }
    }

    @Override
    public void close() {
        release();
        closed = true;
        offer(new GateMessage.AllDue());
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(PATIENCE_AT_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
