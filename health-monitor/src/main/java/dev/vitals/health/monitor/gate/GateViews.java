package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.store.FailureLog;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of gates that callers read and follow, and the store behind them. Thread-safe without locks; one thread at a
 * time stores and shows. A follower is registered before it reads the view, and a view is put in place before followers
 * learn of it, so no follower misses one.
 */
final class GateViews {
    /** The most followers at once; further ones are answered immediately. */
    static final int MAX_FOLLOWERS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(GateViews.class);
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int MAX_DECIDED = 1_000;

    private final GateStore store;
    private final Scheduler scheduler;
    private final ConcurrentHashMap<String, GateView> views = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Follower>> followers = new ConcurrentHashMap<>();
    private final FailureLog failures = new FailureLog(log, "the storing of gates");
    private final AtomicInteger following = new AtomicInteger();
    private final List<Consumer<GateView>> listeners = new CopyOnWriteArrayList<>();
    // Used only by the thread that shows.
    private final Deque<String> decided = new ArrayDeque<>();
    private volatile boolean closed;

    GateViews(GateStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /** Stores the gate with that view; null before the first decision. Throws if the store fails. */
    void save(WaitingGate waiting, @Nullable GateView view, Instant now) {
        store.save(waiting.row(view, now), now.minus(REMEMBERED));
        failures.succeeded();
        waiting.unsaved = false;
    }

    /** Logs that a decision could not be stored. */
    void failed(WaitingGate waiting, RuntimeException e) {
        failures.failed(e, "first gate " + waiting.id() + "; the monitor tries again");
    }

    /** Stores the gate with the view that is shown; returns whether that worked. */
    boolean trySave(WaitingGate waiting, Instant now) {
        try {
            save(waiting, views.get(waiting.id()), now);
            return true;
        } catch (RuntimeException e) {
            failed(waiting, e);
            return false;
        }
    }

    /** Shows a view to readers and followers, unless the gate already shows the same answer. */
    void show(GateView view) {
        String id = view.gate().id();
        GateView before = views.get(id);
        if (before != null && before.saysTheSameAs(view)) {
            return;
        }
        views.put(id, view);
        followers.getOrDefault(id, Set.of()).forEach(follower -> follower.offer(view));
        listeners.forEach(listener -> listener.accept(view));
        if (view.state().isFinal()) {
            decided.addLast(id);
            if (decided.size() > MAX_DECIDED) {
                views.remove(decided.removeFirst());
            }
        }
    }

    /** Calls the listener with each view that is shown. */
    void onShown(Consumer<GateView> listener) {
        listeners.add(listener);
    }

    /** Returns a gate; asks the store if it was decided long ago. */
    Optional<GateView> find(String id) {
        GateView shown = views.get(id);
        return shown != null ? Optional.of(shown) : store.find(id).map(GateView::read);
    }

    /** Returns the waiting gates, the oldest first, then the decided ones, the newest first. */
    List<GateView> all() {
        List<GateView> waiting = views.values().stream()
                .filter(view -> !view.state().isFinal())
                .sorted(Comparator.comparing(view -> view.gate().attribution().at()))
                .toList();
        Map<String, GateView> all = new LinkedHashMap<>();
        waiting.forEach(view -> all.put(view.gate().id(), view));
        for (GateRow row : store.decided(MAX_DECIDED)) {
            // The gate may have been decided since the line above.
            all.remove(row.id());
            all.put(row.id(), GateView.read(row));
        }
        return List.copyOf(all.values());
    }

    /** Returns the stored history of a gate, the oldest event first. */
    Optional<List<GateEvent>> storedEvents(String id) {
        return store.find(id)
                .map(row -> row.events().stream().map(GateEvent::read).toList());
    }

    /** Returns a view that differs from the seen one, or the current one after the wait. Uses no thread meanwhile. */
    CompletableFuture<GateView> follow(GateView seen, boolean untilFinal, Duration wait) {
        String id = seen.gate().id();
        CompletableFuture<GateView> answer = new CompletableFuture<>();
        if (following.incrementAndGet() > MAX_FOLLOWERS) {
            following.decrementAndGet();
            answer.complete(newest(seen));
            return answer;
        }
        Follower follower = new Follower(seen, untilFinal, answer);
        followers.compute(id, (key, known) -> {
            Set<Follower> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(follower);
            return all;
        });
        Scheduler.Cancellation limit = scheduler.schedule(() -> answer.complete(newest(seen)), wait);
        CompletableFuture<?> unused = answer.whenComplete((view, failure) -> {
            limit.cancel();
            remove(id, follower);
        });
        follower.offer(newest(seen));
        if (closed) {
            answer.complete(newest(seen));
        }
        return answer;
    }

    /** Returns the number of followers. */
    int following() {
        return following.get();
    }

    /** Answers all followers; later ones are answered immediately. */
    void close() {
        closed = true;
        followers.values().forEach(all -> all.forEach(one -> one.answer().complete(newest(one.seen()))));
    }

    private GateView newest(GateView seen) {
        return views.getOrDefault(seen.gate().id(), seen);
    }

    private void remove(String id, Follower follower) {
        following.decrementAndGet();
        followers.computeIfPresent(id, (key, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    /** A caller that waits for a final state, or for any view but the one it has seen. */
    private record Follower(GateView seen, boolean untilFinal, CompletableFuture<GateView> answer) {
        void offer(GateView view) {
            if (view.state().isFinal() || (!untilFinal && !view.equals(seen))) {
                answer.complete(view);
            }
        }
    }
}
