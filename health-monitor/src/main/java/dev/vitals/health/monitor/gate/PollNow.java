package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.TargetId;

/** Asks for one poll besides the ordinary ones, soon. Returns at once; harmless if the target is not watched. */
@FunctionalInterface
public interface PollNow {
    /** Has the target polled within a second, by a poll that begins later than this call. */
    void poll(TargetId target);
}
