package dev.vitals.health.monitor.model;

/**
 * A target and its state, of one moment.
 *
 * @param target what is watched
 * @param state how it is
 */
public record WatchedTarget(Target target, TargetState state) {
    /** Returns the name of the target. */
    public TargetId id() {
        return target.id();
    }
}
