package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings by which a target is watched, from any source. Times are in milliseconds.
 *
 * @param probe what is looked at, and how
 * @param interval the time between the starts of two polls
 * @param timeout the time allowed for one poll, body included; below the interval
 * @param thresholds the machine that turns results into a state
 * @param notifyAddresses the email addresses to tell
 * @param labels what the target is grouped by, in the order of the names
 * @param lease how long it holds without renewal; zero for ever
 */
public record ProbeSettings(
        Probe probe,
        Duration interval,
        Duration timeout,
        StateMachine thresholds,
        List<String> notifyAddresses,
        Map<String, String> labels,
        Duration lease) {
    /** Copies the collections. */
    public ProbeSettings {
        interval = interval.truncatedTo(ChronoUnit.MILLIS);
        timeout = timeout.truncatedTo(ChronoUnit.MILLIS);
        notifyAddresses = List.copyOf(notifyAddresses);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        lease = lease.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String toString() {
        return probe + " every " + DurationText.print(interval) + ", timeout " + DurationText.print(timeout);
    }
}
