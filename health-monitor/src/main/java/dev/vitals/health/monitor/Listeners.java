package dev.vitals.health.monitor;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.util.List;

/** Tells several listeners, one after the other. */
record Listeners(List<RegistryListener> all) implements RegistryListener {
    @Override
    public void watched(Target target) {
        all.forEach(listener -> listener.watched(target));
    }

    @Override
    public void unwatched(TargetId target) {
        all.forEach(listener -> listener.unwatched(target));
    }

    @Override
    public void changed(Change change) {
        all.forEach(listener -> listener.changed(change));
    }

    @Override
    public void recorded(Target polled, PollResult result) {
        all.forEach(listener -> listener.recorded(polled, result));
    }

    @Override
    public void lost() {
        all.forEach(RegistryListener::lost);
    }
}
