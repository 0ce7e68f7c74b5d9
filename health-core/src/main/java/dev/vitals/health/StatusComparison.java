package dev.vitals.health;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the statuses of all reports from snapshot to snapshot, and tells one listener what has changed. Called by one
 * thread at a time.
 */
final class StatusComparison {
    private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);

    private final StatusListener listener;
    private final Map<String, HealthReport> latest = new HashMap<>();
    private long version = -1;

    StatusComparison(StatusListener listener) {
        this.listener = listener;
    }

    /** Compares with the snapshot before; the first one that has checks is where it starts. */
    void next(Snapshot snapshot) {
        boolean outdated = snapshot.version() <= version;
        if (outdated || (latest.isEmpty() && snapshot.checks().isEmpty())) {
            return;
        }
        version = snapshot.version();
        Set<String> groups = new LinkedHashSet<>(snapshot.groups());
        groups.add(Snapshot.ALL);
        latest.keySet().retainAll(groups);
        for (String group : groups) {
            HealthReport after = snapshot.report(group);
            HealthReport before = after == null ? null : latest.put(group, after);
            if (after != null && before != null && before.status() != after.status()) {
                tell(before, after);
            }
        }
    }

    private void tell(HealthReport before, HealthReport after) {
        try {
            listener.onStatus(before, after);
        } catch (Throwable t) {
            // The listener is the user's code: it still gets the changes of the other groups.
            log.warn("a listener failed on {}, before {}", after, before.status(), t);
        }
    }
}
