package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * The fresh passes of one target up to now, as one gate has seen them. Immutable and pure.
 *
 * @param polled the target as it was when it was polled
 * @param passes fresh passes in a row
 * @param last the latest result, fresh or not
 */
public record Streak(Target polled, int passes, PollResult last) {
    /** Returns what follows from one more result. What is not a fresh pass begins from nothing, as does another life. */
    public static Streak after(@Nullable Streak before, Target polled, PollResult result, Rule rule) {
        boolean pass = rule.isFresh(result) && rule.isGood(result);
        int earlier = before != null && before.polled.acceptsResultOf(polled) ? before.passes : 0;
        return new Streak(polled, pass ? earlier + 1 : 0, result);
    }

    /** Returns the same without its passes, as when a result was lost. */
    Streak broken() {
        return new Streak(polled, 0, last);
    }
}
