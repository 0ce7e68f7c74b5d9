package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What holds something back: deployments, or alerts.
 *
 * @param gates the gates
 * @param suppressions the maintenance windows and silences
 * @param clock the wall clock
 */
public record HoldBack(Gates gates, Suppressions suppressions, InstantSource clock) {
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    List<Suppressed.Active> active() {
        return suppressions.active(clock.instant());
    }
}
