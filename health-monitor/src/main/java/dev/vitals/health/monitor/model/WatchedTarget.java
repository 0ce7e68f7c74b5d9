package dev.vitals.health.monitor.model;

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
}
