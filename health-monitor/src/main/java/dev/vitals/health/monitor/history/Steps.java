package dev.vitals.health.monitor.history;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the ledger of one target needs. */
final class Steps {
    private Steps() {}

    static UptimeCalculator ledger(
            HistoryStore store, TargetId target, TimeRange range, MaintenancePlan plan, @Nullable Instant stale) {
        List<HistoryRows.Life> lives =
                store.find(target).map(known -> store.lives(known.number())).orElse(List.of());
        List<HistoryStore.Step> steps = new ArrayList<>(store.steps(target, range.from()));
        if (stale != null) {
            // What the registry will record as soon as it looks.
            steps.add(new HistoryStore.Step(Long.MAX_VALUE, stale.toEpochMilli(), State.UNKNOWN));
        }
        return new UptimeCalculator(lives, steps, plan.of(target, range));
    }
}
