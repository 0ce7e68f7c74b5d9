package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.store.LastSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects when targets were seen whose results are not stored, since they repeat what the store has; so that the next start
 * of the monitor knows it to a second, also after a crash. Confined to the recorder's thread.
 */
final class SeenJournal {
    private static final Duration EVERY = Duration.ofSeconds(1);
    // By then, a newer result of each target was stored, or the target was not seen for long.
    private static final Duration KEEP = Duration.ofMinutes(2);

    private final Map<Long, Instant> waiting = new HashMap<>();
    private final Deque<Written> written = new ArrayDeque<>();
    private long lastId;
    private @Nullable Moment lastWrite;

    private record Written(long id, Moment at) {}

    /** Continues after the row with that id, which was written before now. */
    SeenJournal(long lastId, Moment now) {
        this.lastId = lastId;
        written.add(new Written(lastId, now));
    }

    /** Adds that a target was seen; {@code number} is its number in the history. */
    void add(long number, Moment seen) {
        waiting.put(number, seen.wall());
    }

    /**
     * Returns the row for the next commit; null if there is nothing to write, or if it can wait.
     *
     * @param commits whether there is a commit in any case
     */
    LastSeen.@Nullable Row row(Moment now, boolean commits) {
        boolean due = commits || lastWrite == null || now.since(lastWrite).compareTo(EVERY) >= 0;
        if (waiting.isEmpty() || !due) {
            return null;
        }
        while (written.size() > 1 && now.since(written.getFirst().at()).compareTo(KEEP) > 0) {
            written.removeFirst();
        }
        return new LastSeen.Row(lastId + 1, waiting, written.getFirst().id());
    }

    /** Notes that the row was stored. */
    void committed(LastSeen.@Nullable Row row, Moment now) {
        if (row != null) {
            lastId = row.id();
            lastWrite = now;
            written.addLast(new Written(row.id(), now));
            waiting.clear();
        }
    }
}
