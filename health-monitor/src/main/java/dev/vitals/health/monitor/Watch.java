package dev.vitals.health.monitor;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.RegistryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has polled what the registry holds, and logs each change of a state once. */
final class Watch implements RegistryListener {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final PollSchedule schedule;

    Watch(PollSchedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void watched(Target target) {
        log.debug("{}: registered, {}", target.id(), target.settings());
        schedule.watch(target);
    }

    @Override
    public void unwatched(TargetId target) {
        schedule.unwatch(target);
    }

    @Override
    public void changed(Change change) {
        if (change.to() == State.UNHEALTHY || change.to() == State.DEGRADED) {
            log.warn("{}: {} -> {}: {}", change.target(), change.from(), change.to(), change.why());
        } else {
            log.info("{}: {} -> {}: {}", change.target(), change.from(), change.to(), change.why());
        }
    }
}
