package dev.vitals.health.monitor;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.registry.Registry;
import java.time.Duration;

/** Has the registry forget, every few seconds, the targets whose time has come. */
final class LeaseSweep implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Registry registry;
    private volatile boolean closed;

    LeaseSweep(Scheduler scheduler, Registry registry) {
        this.scheduler = scheduler;
        this.registry = registry;
    }

    void begin() {
        if (!closed) {
            // Planning anew can be given up: there is nothing to call off after the end.
            Scheduler.Cancellation unused = scheduler.schedule(this::run, INTERVAL);
        }
    }

    private void run() {
        try {
            if (!closed) {
                registry.sweep();
            }
        } finally {
            begin();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
