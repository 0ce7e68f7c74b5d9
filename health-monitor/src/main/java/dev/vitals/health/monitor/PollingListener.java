package dev.vitals.health.monitor;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.UnreadableProbe;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.probe.PushProbe;
import dev.vitals.health.monitor.probe.PushReports;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the targets of the registry, or waits for their reports, and logs each change of a state once. */
final class PollingListener implements RegistryListener {
    private static final Logger log = LoggerFactory.getLogger(PollingListener.class);

    private final PollSchedule schedule;
    private final PushReports pushes;
    private final Function<TargetId, Optional<String>> suppressedBy;

    /**
     * Creates a listener.
     *
     * @param suppressedBy returns the window or silence that suppresses alerts about a target now, if any
     */
    PollingListener(PollSchedule schedule, PushReports pushes, Function<TargetId, Optional<String>> suppressedBy) {
        this.schedule = schedule;
        this.pushes = pushes;
        this.suppressedBy = suppressedBy;
    }

    @Override
    public void watched(Target target) {
        log.debug("{}: registered, {}", target.id(), target.settings());
        // If its kind has changed, the other of the two still has it.
        if (target.probe() instanceof UnreadableProbe) {
            unwatched(target.id());
        } else if (isPushed(target)) {
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

    /** Watches a target that the registry loaded at the start. */
    void resume(WatchedTarget watched) {
        Target target = watched.target();
        if (target.probe() instanceof UnreadableProbe) {
            log.debug("{}: not polled, {}", target.id(), target.settings());
        } else if (isPushed(target)) {
            pushes.resume(target, watched.state().seen());
        } else {
            boolean good = watched.state().state().status() != Status.FAIL;
            schedule.resume(target, good ? watched.state().seen() : null);
        }
    }

    private static boolean isPushed(Target target) {
        return target.probe() instanceof PushProbe;
    }

    @Override
    public void changed(Change change) {
        String text = change.target() + ": " + change.from() + " -> " + change.to() + ": " + change.why();
        if (change.to() != State.UNHEALTHY && change.to() != State.DEGRADED) {
            log.info("{}", text);
            return;
        }
        suppressedBy
                .apply(change.target())
                .ifPresentOrElse(by -> log.info("{} ({})", text, by), () -> log.warn("{}", text));
    }
}
