package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.store.GateStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores, then shows. Confined to the thread of {@link Gates}.
 *
 * @param store where gates are kept
 * @param board what everybody may read
 */
record Journal(GateStore store, GateViews board) {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /** Stores the gate as it is, or throws. */
    void save(WaitingGate waiting, @Nullable GateView said, Instant now) {
        store.save(waiting.row(said, now), now.minus(REMEMBERED));
        waiting.unsaved = false;
    }

    /** Stores the gate as it is; says whether that worked. */
    boolean trySave(WaitingGate waiting, @Nullable GateView said, Instant now) {
        try {
            save(waiting, said, now);
            return true;
        } catch (RuntimeException e) {
            log.warn("gate {} could not be stored, that will be tried again: {}", waiting.gate.id(), e.toString());
            return false;
        }
    }

    /** Shows it, unless the same is shown already. */
    void show(WaitingGate waiting, GateView view) {
        GateView before = waiting.view;
        if (before == null || !before.saysTheSameAs(view)) {
            waiting.view = view;
            board.publish(view);
        }
    }
}
