package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.ProbeKind;

/** A kind of probe with its poller. */
interface PolledKind extends ProbeKind {
    /** Returns a poller for targets of this kind. */
    Poller poller(PollContext context);
}
