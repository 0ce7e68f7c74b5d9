package dev.vitals.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the changes from snapshot to snapshot; remembers them, logs them once, and passes them to listeners. */
final class Changes {
    static final int MAX_REMEMBERED = 50;

    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final int MAX_CHANGES_WAITING = 10_000;
    private static final int MAX_SNAPSHOTS_WAITING = 1_000;

    private final Executor workers;
    private final Map<String, List<Change>> history = new ConcurrentHashMap<>();
    private final List<ListenerQueue<Change>> listeners = new CopyOnWriteArrayList<>();
    private final List<ListenerQueue<Snapshot>> statusListeners = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    Changes(Executor workers) {
        this.workers = workers;
    }

    void add(HealthListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.add(new ListenerQueue<>(listener, workers, MAX_CHANGES_WAITING, listener::onChange));
    }

    /** Tells no listener of anything that has not happened yet, and notes nothing any more. */
    void close() {
        closed = true;
        listeners.clear();
        statusListeners.clear();
    }

    /** Adds a listener of statuses that compares with that snapshot first. */
    void add(StatusListener listener, Snapshot current) {
        StatusComparison comparison = new StatusComparison(Objects.requireNonNull(listener, "listener"));
        ListenerQueue<Snapshot> queue = new ListenerQueue<>(listener, workers, MAX_SNAPSHOTS_WAITING, comparison::next);
        queue.offer(current);
        statusListeners.add(queue);
        queue.wake();
    }

    void remove(Object listener) {
        listeners.removeIf(queue -> queue.serves(listener));
        statusListeners.removeIf(queue -> queue.serves(listener));
    }

    /** Notes what has changed. Called in the order of snapshots, under the publisher's lock; calls no code of users. */
    List<Change> note(Snapshot before, Snapshot after) {
        if (closed) {
            return List.of();
        }
        List<Change> changes = between(before.checks(), after.checks());
        for (Change change : changes) {
            history.merge(change.check(), List.of(change), Changes::append);
            listeners.forEach(queue -> queue.offer(change));
        }
        for (ListenerQueue<Snapshot> queue : statusListeners) {
            queue.offer(after);
        }
        return changes;
    }

    private static List<Change> append(List<Change> old, List<Change> added) {
        List<Change> more = new ArrayList<>(old.subList(Math.max(0, old.size() + 1 - MAX_REMEMBERED), old.size()));
        more.addAll(added);
        return List.copyOf(more);
    }

    /** Logs what was noted and wakes the listeners; called after the lock is released. */
    void announce(List<Change> changes) {
        for (Change change : changes) {
            if (change.better()) {
                log.info("{}", change);
            } else {
                log.warn("{}", change);
            }
        }
        // Loops, because this runs during the start, where the first lambda takes about a millisecond.
        for (ListenerQueue<Change> queue : listeners) {
            queue.wake();
        }
        for (ListenerQueue<Snapshot> queue : statusListeners) {
            queue.wake();
        }
    }

    /** Returns the latest changes of a check, oldest first. */
    List<Change> of(String check) {
        return history.getOrDefault(check, List.of());
    }

    void forget(String check) {
        history.remove(check);
    }

    private static List<Change> between(List<CheckResult> before, List<CheckResult> after) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            CheckResult result = after.get(i);
            CheckResult old = i < before.size() ? before.get(i) : null;
            // Most results are the same object, and this loop runs for every new one.
            if (old != result) {
                CheckResult same = old != null && isOf(old, result) ? old : find(before, result);
                if (same != null && same.state() != result.state()) {
                    changes.add(Change.between(same, result));
                }
            }
        }
        return changes;
    }

    private static @Nullable CheckResult find(List<CheckResult> results, CheckResult wanted) {
        for (CheckResult candidate : results) {
            if (isOf(candidate, wanted)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isOf(CheckResult one, CheckResult other) {
        return one.definition() == other.definition();
    }
}
