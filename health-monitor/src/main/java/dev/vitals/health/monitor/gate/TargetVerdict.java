package dev.vitals.health.monitor.gate;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one target stands before a gate. Immutable and pure.
 *
 * @param id whose it is
 * @param state its state; UNKNOWN if it is not watched
 * @param passing whether the gate may open as far as this one is concerned
 * @param why what stands in the way; if nothing does, what was said last
 * @param passes fresh passes in a row
 * @param lastResult when the latest poll began; null before the first
 */
public record TargetVerdict(
        TargetId id,
        State state,
        boolean passing,
        String why,
        int passes,
        @Nullable Instant lastResult) {
    private static final String NOT_RECORDED = "the latest result is not recorded yet";

    /** Returns the standing of a target that is not watched. */
    static TargetVerdict missing(TargetId id) {
        return new TargetVerdict(id, State.UNKNOWN, false, "is not watched, or no longer selected", 0, null);
    }

    /** Returns the standing of a target with what the gate has seen of it; null if that is nothing. */
    static TargetVerdict of(WatchedTarget watched, @Nullable Streak seen, Rule rule, Instant now) {
        Target target = watched.target();
        Streak streak = seen != null && seen.polled().acceptsResultOf(target) ? seen : null;
        TargetState known = watched.state().at(now, target);
        int passes = streak == null ? 0 : streak.passes();
        PollResult last = known.lastResult();
        if (streak != null && (last == null || streak.last().time().isAfter(last.time()))) {
            // What follows from results that the registry does not show yet is not guessed: there may be several.
            return new TargetVerdict(
                    watched.id(),
                    known.state(),
                    false,
                    NOT_RECORDED,
                    passes,
                    streak.last().time());
        }
        boolean enough = passes >= rule.passes();
        boolean good = rule.isGood(known.state());
        String why = enough && good ? "passed" : why(known, streak, rule, now);
        return new TargetVerdict(
                watched.id(), known.state(), enough && good, why, passes, last == null ? null : last.time());
    }

    /** Returns whether it waits for the registry only. */
    boolean awaitsRecord() {
        return why.equals(NOT_RECORDED);
    }

    private static String why(TargetState known, @Nullable Streak streak, Rule rule, Instant now) {
        PollResult last = known.lastResult();
        if (last == null) {
            return "no result yet";
        }
        if (!rule.isGood(last)) {
            return known.why();
        }
        if (!rule.isOfRelease(last)) {
            return last.releaseId() == null
                    ? "does not say which release it is, " + rule.release() + " is awaited"
                    : "is release " + last.releaseId() + ", " + rule.release() + " is awaited";
        }
        if (!rule.isFresh(last)) {
            return "not polled since " + Rfc3339.text(rule.after() == null ? now : rule.after());
        }
        int passes = streak == null ? 0 : streak.passes();
        return passes < rule.passes()
                ? passes + " of " + rule.passes() + " passes"
                : "passes, but is " + known.state() + " still";
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", id.toString());
        fields.put("state", state.name());
        fields.put("why", why);
        fields.put("passes", passes);
        if (lastResult != null) {
            fields.put("lastResult", Rfc3339.text(lastResult));
        }
        return fields;
    }
}
