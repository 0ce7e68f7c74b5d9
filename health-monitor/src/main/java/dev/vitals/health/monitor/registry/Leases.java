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
 * Decides which targets are forgotten, and finds those of which nothing was heard for too long. Confined to the recorder's thread.
 *
 * <p>A target whose lease has ended goes on being polled, so that people see an app that was killed as UNHEALTHY rather
 * than not at all. It is forgotten when for the whole retention time its lease was over, its state was neither HEALTHY
 * nor DEGRADED, and the monitor was running, so that each app had the chance to come back.
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

    /** Removes from the draft what is to be forgotten; returns how many. */
    int sweep(Collection<WatchedTarget> all, RegistryTransaction draft, Instant now) {
        int forgotten = 0;
        for (WatchedTarget watched : all) {
            Target target = watched.target();
            draft.noteStale(watched, now);
            if (target.leaseExpired(now) && !target.leaseExpired(lastSweep)) {
                log.info("{}: the lease ended without renewal; it goes on being polled", target.id());
            }
            if (toForget(watched, now)) {
                String why = "forgotten: the lease ended at " + target.leaseUntil() + ", not healthy since "
                        + watched.state().since();
                draft.remove(target.id(), now, why);
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
