package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;

/**
 * Learns what the registry has stored. All methods are called on the recorder's thread, after the commit, when the registry
 * already shows the new state; they must be short and must not block.
 *
 * <p>The calls that follow one commit come in this order: {@code watched} and {@code unwatched}; {@code changed}, the oldest
 * change first; {@code recorded}, in the order of arrival. A target is {@code watched} before its first result is recorded.
 */
public interface RegistryListener {
    /** The target was registered, or registered again, perhaps with other settings. */
    default void watched(Target target) {}

    /** The target was removed. */
    default void unwatched(TargetId target) {}

    /** The state of the target changed. */
    default void changed(Change change) {}

    /**
     * The result counted for its target, whether or not it changed the state. Not called for a result that was ignored because
     * it belongs to an earlier registration, and not if the same commit removed the target.
     *
     * @param polled the target as it was when the poll began
     */
    default void recorded(Target polled, PollResult result) {}

    /**
     * Results were dropped because too many were waiting. Called between the {@code recorded} results before the gap and those
     * after it, perhaps more than once; anything that counts results in a row must start again.
     */
    default void lost() {}
}
