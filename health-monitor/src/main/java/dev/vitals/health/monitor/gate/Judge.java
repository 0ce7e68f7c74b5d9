package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings together what a decision needs. Confined to the thread of {@link Gates}. */
final class Judge {
    // Time may jump, and states grow stale, without an event.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Registry registry;
    private final Suppressions suppressions;

    Judge(Registry registry, Suppressions suppressions) {
        this.registry = registry;
        this.suppressions = suppressions;
    }

    Decision decide(WaitingGate waiting, Instant now) {
        List<WatchedTarget> selected = new ArrayList<>();
        Set<TargetId> missing = waiting.missing();
        for (TargetId id : waiting.members) {
            registry.target(id).ifPresentOrElse(selected::add, () -> missing.add(id));
        }
        Decision decision = Decision.of(waiting.gate, range(waiting.gate), selected, missing, waiting.seen, now);
        // What cannot be stored is not shown either, so the states may be older than they look.
        return decision.state() == GateState.OPEN && registry.storeFails()
                ? held(decision, "states cannot be stored at present")
                : decision;
    }

    static Decision held(Decision decision, String why) {
        return new Decision(GateState.WAITING, why, decision.targets(), decision.failing());
    }

    /** Returns when the gate can be open; null if there is no such time. */
    @Nullable
    TimeRange range(Gate gate) {
        Instant created = gate.attribution().at();
        Instant latest = created.plus(GateBuilder.LONGEST);
        Instant deadline = gate.limits().deadline();
        Instant end = deadline == null || deadline.isAfter(latest) ? latest : deadline;
        String window = gate.limits().window();
        if (window == null) {
            return new TimeRange(created, end);
        }
        Optional<TimeRange> occurrence = suppressions
                .find(SuppressionKind.MAINTENANCE, window)
                .flatMap(found -> found.when().next(created));
        return occurrence.flatMap(range -> range.within(created, end)).orElse(null);
    }

    /** Returns how long the gate can be left alone if nothing happens. */
    Duration pause(WaitingGate waiting, Instant now) {
        Duration pause = shorter(LOOK_AGAIN, waiting.nextTry, now);
        TimeRange range = range(waiting.gate);
        if (range != null) {
            pause = shorter(pause, range.to(), now);
            if (range.from().isAfter(now)) {
                pause = shorter(pause, range.from(), now);
            }
        }
        return pause;
    }

    private static Duration shorter(Duration pause, Instant at, Instant now) {
        Duration until = Duration.between(now, at);
        return until.compareTo(pause) < 0 ? until : pause;
    }
}
