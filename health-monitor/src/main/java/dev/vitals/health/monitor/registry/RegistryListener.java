package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;

/** Is told what has become of targets, after it was stored. Called on one thread; must be short and must not block. */
public interface RegistryListener {
    /** A target is watched from now on, or was registered again, perhaps with other values. */
    void watched(Target target);

    /** A target is watched no longer. */
    void unwatched(TargetId target);

    /** A target came into another state. */
    void changed(Change change);
}
