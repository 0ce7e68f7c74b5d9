package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.Database;
import java.time.Duration;

/** The monitor's checks of itself: it must not stay green while it cannot poll or cannot store. */
final class OwnHealth {
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final double MUCH = 0.5;
    private static final double ALL = 1;

    private OwnHealth() {}

    static Health start(
            MonitorBuilder settings,
            Scheduler scheduler,
            Database database,
            Registry registry,
            PollSchedule schedule,
            FileSource file) {
        return Health.builder()
                .service("vitals-monitor", Version.current())
                .scheduler(scheduler)
                .clock(settings.clock)
                .check("store", () -> store(database, registry), options -> options.groups("ready"))
                .check("schedule", () -> schedule(schedule), options -> options.groups("ready", "live"))
                .check("recorder", () -> recorder(registry), options -> options.groups("ready", "live"))
                .check("config", () -> config(file), options -> options.groups("ready"))
                .start();
    }

    private static Outcome store(Database database, Registry registry) {
        database.ping();
        // A database on a full disk still answers a ping.
        return registry.storeFails() ? Outcome.error("states cannot be stored; they wait in memory") : Outcome.ok();
    }

    private static Outcome schedule(PollSchedule schedule) {
        Duration lag = schedule.lag();
        Outcome outcome = lag.compareTo(LATE) > 0
                ? Outcome.warning("polls start up to " + lag.toMillis() + " ms late")
                : Outcome.ok();
        return outcome.measured("lag", lag.toMillis(), "ms");
    }

    private static Outcome config(FileSource file) {
        int problems = file.status().problems().size();
        return problems == 0
                ? Outcome.ok()
                : Outcome.warning("the file of services has " + problems + (problems == 1 ? " problem" : " problems")
                        + "; the last good version is in force");
    }

    private static Outcome recorder(Registry registry) {
        double backlog = registry.backlog();
        if (backlog >= ALL) {
            return Outcome.error("results are dropped because the queue is full");
        }
        return backlog >= MUCH ? Outcome.warning("results wait to be stored") : Outcome.ok();
    }
}
