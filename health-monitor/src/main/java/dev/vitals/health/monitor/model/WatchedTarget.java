package dev.vitals.health.monitor.model;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A target with its state at one moment.
 *
 * @param target the target
 * @param state its state
 */
public record WatchedTarget(Target target, TargetState state) {
    /** Returns the id of the target. */
    public TargetId id() {
        return target.id();
    }

    /** Returns the target with the state that is shown at that moment, see {@link TargetState#shown}. */
    public WatchedTarget shown(Moment now, Supplier<@Nullable String> trouble) {
        TargetState shown = state.shown(now, target, trouble);
        return shown.equals(state) ? this : new WatchedTarget(target, shown);
    }
}
