package dev.vitals.health.monitor.registry;

import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;

/** An edit was refused because it does not fit what is registered. Nothing has changed. */
public sealed class ConflictException extends IllegalStateException permits RegistryTransaction.SecondAddressException {
    private static final long serialVersionUID = 1L;

    /** Creates a refusal with that reason. */
    public ConflictException(String message) {
        super(message);
    }

    /** Returns the refusal of a name that another source uses. */
    static ConflictException inUse(TargetId id, Source by) {
        return new ConflictException(id + " is there already, by " + by.word() + ", and can only be changed there");
    }
}
