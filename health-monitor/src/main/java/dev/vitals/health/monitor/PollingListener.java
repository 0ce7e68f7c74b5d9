package dev.vitals.health.monitor;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.probe.PushProbe;
import dev.vitals.health.monitor.probe.PushReports;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has polled what the registry holds, and logs each change of a state once. */
final class PollingListener implements RegistryListener {
    private static final Logger log = LoggerFactory.getLogger(PollingListener.class);

    private final PollSchedule schedule;
    private final PushReports pushes;
    private final Function<TargetId, Optional<String>> quietBy;

    /**
     * Creates a listener.
     *
     * @param quietBy says by what alerts about a target are suppressed now
     */
    PollingListener(PollSchedule schedule, PushReports pushes, Function<TargetId, Optional<String>> quietBy) {
        this.schedule = schedule;
        this.pushes = pushes;
        this.quietBy = quietBy;
    }

    @Override
    public void watched(Target target) {
        log.debug("{}: registered, {}", target.id(), target.settings());
        // What was another kind before is with the other of the two.
        if (reports(target)) {
            schedule.unwatch(target.id());
            pushes.watch(target);
        } else {
            pushes.unwatch(target.id());
            schedule.watch(target);
        }
    }

    @Override
    public void unwatched(TargetId target) {
        schedule.unwatch(target);
        pushes.unwatch(target);
    }

    /** Watches a target that was known before the start. */
    void resume(Target target) {
        if (reports(target)) {
            pushes.watch(target);
        } else {
            schedule.resume(target);
        }
    }

    private static boolean reports(Target target) {
        return target.probe() instanceof PushProbe;
    }

    @Override
    public void changed(Change change) {
        if (change.to() == State.UNHEALTHY || change.to() == State.DEGRADED) {
            quietBy.apply(change.target())
                    .ifPresentOrElse(
                            by -> log.info(
                                    "{}: {} -> {}: {} ({})",
                                    change.target(),
                                    change.from(),
                                    change.to(),
                                    change.why(),
                                    by),
                            () -> log.warn(
                                    "{}: {} -> {}: {}", change.target(), change.from(), change.to(), change.why()));
        } else {
            log.info("{}: {} -> {}: {}", change.target(), change.from(), change.to(), change.why());
        }
    }
}
