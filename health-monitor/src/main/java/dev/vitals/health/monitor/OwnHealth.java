package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.message.ChannelHealth;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.observer.Observer;
import dev.vitals.health.monitor.poll.PauseWatch;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The monitor's checks of itself: it must not stay green while it cannot poll or cannot store. They look at progress. */
record OwnHealth(
        Database database,
        Registry registry,
        PollSchedule schedule,
        PauseWatch pauses,
        Scheduler scheduler,
        InstantSource clock,
        FileSource file,
        ChannelHealth channels,
        Observer observer) {
    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LOOK_BACK = Duration.ofSeconds(30);
    // So much of the time that was looked at is too much.
    private static final int MUCH_OF_TIME = 10;
    private static final double MUCH = 0.5;
    private static final double ALL = 1;

    Health start(MonitorBuilder settings) {
        return Health.builder()
                .service("vitals-monitor", Version.current())
                .scheduler(scheduler)
                .clock(settings.clock)
                .check(
                        "store",
                        this::store,
                        options -> options.interval(INTERVAL).groups("ready"))
                .check(
                        "schedule",
                        this::polls,
                        options -> options.interval(INTERVAL).groups("ready", "live"))
                .check(
                        "recorder",
                        this::recorder,
                        options -> options.interval(INTERVAL).groups("ready", "live"))
                .check(
                        "pauses",
                        this::pauseOutcome,
                        options -> options.interval(INTERVAL).groups("ready"))
                .check(
                        "network",
                        this::network,
                        options -> options.interval(INTERVAL).groups("ready"))
                .check("config", this::config, options -> options.groups("ready"))
                .check("secrets", this::secrets, options -> options.groups("ready"))
                .check("observer", this::sight, options -> options.interval(INTERVAL))
                .check("messages", this::messages, options -> options.interval(INTERVAL))
                .start();
    }

    private Outcome store() {
        Optional<String> damage = database.damage();
        if (damage.isPresent()) {
            return Outcome.error("the database is damaged, restore a backup: " + damage.get());
        }
        database.ping();
        // A database on a full disk still answers a ping.
        return registry.storeFailure()
                .map(cause -> Outcome.error("states cannot be stored, they wait in memory: " + cause))
                .orElseGet(Outcome::ok);
    }

    private Outcome polls() {
        Duration lag = schedule.lag();
        long overdue = schedule.overdue();
        Outcome outcome;
        if (overdue > 0) {
            outcome = Outcome.error(overdue + " polls have not ended, although their time is long over");
        } else if (lag.compareTo(LATE) > 0) {
            outcome = Outcome.warning("polls start up to " + lag.toMillis() + " ms late");
        } else {
            outcome = Outcome.ok();
        }
        return outcome.measured("lag", lag.toMillis(), "ms");
    }

    private Outcome config() {
        int problems = file.status().problems().size();
        return problems == 0
                ? Outcome.ok()
                : Outcome.warning("the file of services has " + problems + (problems == 1 ? " problem" : " problems")
                        + "; the last good version is in force");
    }

    private Outcome secrets() {
        SortedMap<TargetId, String> unreadable = registry.unreadable();
        if (unreadable.isEmpty()) {
            return Outcome.ok();
        }
        TargetId first = unreadable.firstKey();
        return Outcome.warning(unreadable.size()
                + (unreadable.size() == 1 ? " target or host check is" : " targets and host checks are")
                + " not polled, such as " + first + ": " + unreadable.get(first));
    }

    private Outcome sight() {
        return observer.blind()
                .map(why -> Outcome.warning("the monitor cannot see: " + why))
                .orElseGet(Outcome::ok);
    }

    private Outcome messages() {
        SortedMap<String, String> sick = channels.sick();
        return sick.isEmpty() ? Outcome.ok() : Outcome.warning(String.join("; ", sick.values()));
    }

    private Outcome recorder() {
        double backlog = registry.backlog();
        Duration waiting = registry.waiting();
        if (registry.recorderDied()) {
            return Outcome.error("the thread that stores results has died; restart the monitor");
        }
        if (waiting.compareTo(STUCK) > 0) {
            return Outcome.error("results have waited " + waiting.toSeconds() + " s to be stored");
        }
        if (backlog >= ALL) {
            return Outcome.error("results are dropped because the queue is full");
        }
        return backlog >= MUCH ? Outcome.warning("results wait to be stored") : Outcome.ok();
    }

    private Outcome pauseOutcome() {
        PauseWatch.Lost lost = pauses.since(scheduler.nanoTime() - LOOK_BACK.toNanos());
        if (lost.longest().compareTo(PAUSE) >= 0) {
            return Outcome.warning("the monitor was paused for " + DurationText.inWords(lost.longest()));
        }
        return lost.total().compareTo(LOOK_BACK.dividedBy(MUCH_OF_TIME)) >= 0
                ? Outcome.warning("the monitor did not run for " + DurationText.inWords(lost.total()) + " of the last "
                        + LOOK_BACK.toSeconds() + " s; it needs more CPU")
                : Outcome.ok();
    }

    private Outcome network() {
        List<WatchedTarget> targets = new ArrayList<>();
        registry.each(targets::add);
        return LostTogether.among(targets, clock.instant())
                .map(Outcome::warning)
                .orElseGet(Outcome::ok);
    }
}
