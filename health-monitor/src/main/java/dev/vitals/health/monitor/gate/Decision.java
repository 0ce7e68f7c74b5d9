package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a gate from what is known. Pure: no clock, no thread, no lock.
 *
 * @param state what it says
 * @param why in a line, for people
 * @param targets how many targets it is about
 * @param failing all that do not pass, in the order of their names
 */
public record Decision(GateState state, String why, int targets, List<TargetVerdict> failing) {
    private static final int NAMED = 3;

    /**
     * Decides. Only if there is time left, something is selected, and all of it passes, the gate is open.
     *
     * @param range when the gate can be open; null if there is no such time any more
     * @param selected the targets that are selected now, with their states
     * @param missing targets that must be there and are not
     * @param seen what the gate has seen of them
     */
    public static Decision of(
            Gate gate,
            @Nullable TimeRange range,
            Collection<WatchedTarget> selected,
            Set<TargetId> missing,
            Map<TargetId, Streak> seen,
            Instant now) {
        List<TargetVerdict> failing = failing(gate.rule(), selected, missing, seen, now);
        int targets = selected.size() + missing.size();
        if (range == null) {
            return new Decision(GateState.CLOSED, "the maintenance window is no more", targets, failing);
        }
        if (!now.isBefore(range.to())) {
            String why = "the time was over at " + Rfc3339.text(range.to()) + "; " + summary(targets, failing);
            return new Decision(GateState.CLOSED, why, targets, failing);
        }
        if (targets > Selection.MAX_TARGETS) {
            String why = targets + " targets are selected, the most is " + Selection.MAX_TARGETS;
            return new Decision(GateState.WAITING, why, targets, failing);
        }
        if (!failing.isEmpty() || (targets == 0 && !gate.rule().allowEmpty())) {
            return new Decision(GateState.WAITING, summary(targets, failing), targets, failing);
        }
        if (now.isBefore(range.from())) {
            String why = "the maintenance window begins at " + Rfc3339.text(range.from());
            return new Decision(GateState.WAITING, why, targets, failing);
        }
        return new Decision(GateState.OPEN, summary(targets, failing), targets, failing);
    }

    private static List<TargetVerdict> failing(
            Rule rule,
            Collection<WatchedTarget> selected,
            Set<TargetId> missing,
            Map<TargetId, Streak> seen,
            Instant now) {
        List<TargetVerdict> failing = new ArrayList<>();
        for (WatchedTarget watched : selected) {
            TargetVerdict standing = TargetVerdict.of(watched, seen.get(watched.id()), rule, now);
            if (!standing.passing()) {
                failing.add(standing);
            }
        }
        missing.forEach(id -> failing.add(TargetVerdict.missing(id)));
        failing.sort(Comparator.comparing(TargetVerdict::id));
        return List.copyOf(failing);
    }

    private static String summary(int targets, List<TargetVerdict> failing) {
        if (targets == 0) {
            return "no target is selected";
        }
        if (failing.isEmpty()) {
            return targets == 1 ? "the check passed" : "all " + targets + " checks passed";
        }
        String named = failing.stream()
                .limit(NAMED)
                .map(one -> one.id() + " " + one.state() + " (" + one.why() + ")")
                .collect(Collectors.joining(", "));
        String more = failing.size() > NAMED ? ", ..." : "";
        return failing.size() + " of " + targets + " do not pass: " + named + more;
    }
}
