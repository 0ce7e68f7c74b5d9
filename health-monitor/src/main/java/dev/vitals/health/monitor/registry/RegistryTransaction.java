package dev.vitals.health.monitor.registry;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edits of one transaction on top of the pending states; thrown away if it fails. Confined to the recorder's thread.
 */
final class RegistryTransaction {
    private final UncommittedStates pending;
    private final Map<TargetId, Optional<WatchedTarget>> edited = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();

    RegistryTransaction(UncommittedStates pending) {
        this.pending = pending;
    }

    @Nullable
    WatchedTarget get(TargetId id) {
        Optional<WatchedTarget> mine = edited.get(id);
        return mine != null ? mine.orElse(null) : pending.get(id);
    }

    /** Returns a target of that source; null if there is none. */
    @Nullable
    WatchedTarget get(TargetId id, Source source) {
        WatchedTarget known = get(id);
        if (known != null && known.target().source() != source) {
            throw new TakenException(id, known.target().source());
        }
        return known;
    }

    void add(WatchedTarget watched) {
        edited.put(watched.id(), Optional.of(watched));
    }

    /** Takes note that there was no result for too long, which stays true whether or not the draft is stored. */
    void noteStale(WatchedTarget watched, Instant now) {
        if (watched.state().isStale(now, watched.target())) {
            pending.noteStale(watched, now);
        }
    }

    /** Puts the target in the place of the one of the same name, whose state it keeps. */
    void replace(Target target) {
        WatchedTarget before = Objects.requireNonNull(get(target.id()), "target");
        add(new WatchedTarget(target, before.state()));
    }

    /** Returns whether it was there. */
    boolean remove(TargetId id, Instant now, String why) {
        WatchedTarget before = get(id);
        if (before == null) {
            return false;
        }
        changes.add(new Change(id, before.state().state(), State.UNKNOWN, now, why));
        edited.put(id, Optional.empty());
        return true;
    }

    Batch batch() {
        Map<TargetId, TargetState> states = new HashMap<>(pending.states);
        List<TargetId> removed = new ArrayList<>();
        List<Target> saved = new ArrayList<>();
        edited.forEach((id, watched) -> {
            watched.ifPresentOrElse(now -> saved.add(now.target()), () -> removed.add(id));
            watched.ifPresentOrElse(now -> states.put(id, now.state()), () -> states.remove(id));
        });
        List<Change> history = new ArrayList<>(pending.changes);
        history.addAll(changes);
        return new Batch(removed, saved, states, history);
    }

    /** Shows everybody what is stored now. */
    void publish(Table table) {
        pending.states.forEach((id, state) -> {
            WatchedTarget before = table.get(id);
            if (before != null) {
                table.put(new WatchedTarget(before.target(), state));
            }
        });
        edited.forEach((id, watched) -> watched.ifPresentOrElse(table::put, () -> table.remove(id)));
        pending.clear();
    }

    void tell(RegistryListener listener) {
        edited.forEach((id, watched) ->
                watched.ifPresentOrElse(now -> listener.watched(now.target()), () -> listener.unwatched(id)));
    }
}
