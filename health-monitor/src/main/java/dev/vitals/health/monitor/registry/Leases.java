package dev.vitals.health.monitor.registry;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which targets are forgotten, and finds those without a result for too long. Confined to the recorder's thread.
 *
 * <p>A target whose lease has ended is still polled, so that people see an app that was killed as UNHEALTHY. It is forgotten
 * when, for the whole retention time, its lease was over, its state was neither HEALTHY nor DEGRADED, and the monitor was
 * running, so that the app could register again.
 */
final class Leases {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final Duration forgetAfter;
    private final Instant startedAt;
    private Instant lastSweep;

    Leases(Duration forgetAfter, Instant startedAt) {
        this.forgetAfter = forgetAfter;
        this.startedAt = startedAt;
        this.lastSweep = startedAt;
    }

    /** Removes the targets that are to be forgotten; returns how many. */
    int sweep(Collection<WatchedTarget> all, RegistryTransaction transaction) {
        Instant now = transaction.now();
        int forgotten = 0;
        for (WatchedTarget watched : all) {
            Target target = watched.target();
            transaction.countStale(watched);
            if (target.leaseExpired(now) && !target.leaseExpired(lastSweep)) {
                log.info("{}: the lease ended without renewal; the target is still polled", target.id());
            }
            if (toForget(watched, now)) {
                String why = "forgotten: the lease ended at " + target.leaseUntil() + ", not healthy since "
                        + watched.state().since();
                transaction.remove(target.id(), why);
                forgotten++;
            }
        }
        lastSweep = now;
        return forgotten;
    }

    private boolean toForget(WatchedTarget watched, Instant now) {
        Instant leaseUntil = watched.target().leaseUntil();
        State state = watched.state().state();
        if (leaseUntil == null || state == State.HEALTHY || state == State.DEGRADED) {
            return false;
        }
        Instant from = latest(latest(leaseUntil, watched.state().since()), startedAt);
        return !from.plus(forgetAfter).isAfter(now);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
