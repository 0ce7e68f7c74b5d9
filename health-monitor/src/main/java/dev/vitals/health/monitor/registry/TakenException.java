package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;

/** A name that a target from elsewhere has already. */
public final class TakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TakenException(TargetId id, Source source) {
        super(id + " is there already, by " + source.word() + ", and can only be changed there");
    }
}
