package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.monitor.model.Target;
import java.time.Instant;
import java.util.Optional;

/** Says whether alerts are suppressed. Thread-safe; asks memory alone. */
@FunctionalInterface
public interface Quiet {
    /** Returns what suppresses alerts about the target at that time; empty if nothing does. */
    Optional<Suppressed> of(Target target, Instant at);
}
