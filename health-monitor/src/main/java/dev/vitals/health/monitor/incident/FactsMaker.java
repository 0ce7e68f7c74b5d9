package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what a message tells of an incident at the moment of its release. */
final class FactsMaker {
    private final Function<TargetId, List<Change>> changes;

    /**
     * Makes facts.
     *
     * @param changes returns the newest changes of a target, the newest first; may read the store
     */
    FactsMaker(Function<TargetId, List<Change>> changes) {
        this.changes = changes;
    }

    /** Returns the facts of an open incident; {@code concerned} are the affected targets that the receiver is told of. */
    Facts of(Entry entry, List<WatchedTarget> concerned) {
        Cause cause = entry.cause();
        List<Facts.Line> lines = concerned.stream()
                .sorted(Comparator.comparing((WatchedTarget one) -> !cause.equals(Cause.target(one.id())))
                        .thenComparing(one -> -OpenIncidents.badness(one.state().state()))
                        .thenComparing(WatchedTarget::id))
                .limit(Facts.MAX_LINES)
                .map(this::line)
                .toList();
        Incident incident = entry.incident();
        return Facts.of(new Facts.Part(
                incident.id(),
                cause,
                incident.state(),
                incident.openedAt(),
                null,
                incident.latestEvidence(),
                Math.max(entry.members().size(), lines.size()),
                lines));
    }

    private Facts.Line line(WatchedTarget watched) {
        TargetState state = watched.state();
        return new Facts.Line(
                watched.id().toString(),
                CauseFinder.hostOf(watched.target()),
                state.state(),
                state.since(),
                state.why(),
                lastGood(watched.id()),
                heals(watched.target(), state));
    }

    // The store keeps changes only, so this is when the first result came that was not good.
    private @Nullable Instant lastGood(TargetId id) {
        return changes.apply(id).stream()
                .filter(change -> change.from() == State.HEALTHY)
                .map(Change::at)
                .findFirst()
                .orElse(null);
    }

    private static String heals(Target target, TargetState state) {
        int needed = Math.max(
                1, target.thresholds().successThreshold() - state.counts().oks());
        String every = ", polled every " + DurationText.inWords(target.interval());
        return needed == 1 ? "one more good poll" + every : needed + " good polls in a row" + every;
    }

    /** Returns what those are told who were told of the trouble. */
    static Facts ended(Incident incident, Incident.End end, int affected) {
        boolean recovered = end.ending() == Incident.Ending.RECOVERED;
        return Facts.of(new Facts.Part(
                incident.id(),
                incident.cause(),
                recovered ? State.HEALTHY : State.UNKNOWN,
                incident.openedAt(),
                end.at(),
                end.why(),
                affected,
                List.of()));
    }

    /** Returns the facts of several messages in one: trouble before recoveries, and what affects most first. */
    static Facts digest(List<Facts> all) {
        List<Facts.Part> parts = new ArrayList<>();
        int more = 0;
        for (Facts facts : all) {
            parts.addAll(facts.incidents());
            more += facts.more();
        }
        parts.sort(Comparator.comparing((Facts.Part part) -> part.until() != null)
                .thenComparing(part -> part.cause().kind())
                .thenComparing(part -> -part.affected())
                .thenComparing(Facts.Part::since));
        int shown = Math.min(parts.size(), Facts.MAX_PARTS);
        return new Facts(parts.subList(0, shown), more + parts.size() - shown, "");
    }
}
