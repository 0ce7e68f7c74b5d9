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

/** Finds out what has changed from snapshot to snapshot, remembers it, logs it once, and has listeners told. */
final class Changes {
    static final int MAX_REMEMBERED = 50;

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Map<String, List<Change>> history = new ConcurrentHashMap<>();
    private final List<ListenerQueue> listeners = new CopyOnWriteArrayList<>();

    void add(HealthListener listener, Executor workers) {
        listeners.add(new ListenerQueue(Objects.requireNonNull(listener, "listener"), workers));
    }

    void remove(HealthListener listener) {
        listeners.removeIf(queue -> queue.serves(listener));
    }

    /** Notes what has changed; called in the order of snapshots, under the board's lock, and runs no foreign code. */
    List<Change> note(Snapshot before, Snapshot after) {
        List<Change> changes = between(before.checks(), after.checks());
        for (Change change : changes) {
            history.merge(change.check(), List.of(change), Changes::append);
            listeners.forEach(queue -> queue.offer(change));
        }
        return changes;
    }

    private static List<Change> append(List<Change> old, List<Change> added) {
        List<Change> more = new ArrayList<>(old.subList(Math.max(0, old.size() + 1 - MAX_REMEMBERED), old.size()));
        more.addAll(added);
        return List.copyOf(more);
    }

    /** Says what was noted; called after the lock is released. */
    void announce(List<Change> changes) {
        for (Change change : changes) {
            if (change.better()) {
                log.info("{}", change);
            } else {
                log.warn("{}", change);
            }
        }
        // A loop, for this is on the way of a start, and a lambda takes about a millisecond the first time.
        for (ListenerQueue queue : listeners) {
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
            // Most are the same object, and this is gone through for every result.
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
