package dev.vitals.health;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that runs again and again; see {@link Scheduler#repeat}. Thread-safe. */
final class Repetition implements Scheduler.Cancellation {
    private static final Logger log = LoggerFactory.getLogger(Repetition.class);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Scheduler scheduler;
    private final Runnable task;
    private final Duration every;
    private volatile Scheduler.@Nullable Cancellation planned;
    private volatile boolean cancelled;

    Repetition(Scheduler scheduler, Runnable task, Duration every) {
        this.scheduler = scheduler;
        this.task = Objects.requireNonNull(task, "task");
        this.every = Require.range("every", every, SHORTEST, LONGEST);
    }

    Scheduler.Cancellation begin() {
        plan();
        return this;
    }

    private void plan() {
        planned = scheduler.schedule(this::run, every);
        if (cancelled) {
            // The cancellation may have seen the run before this one.
            cancel();
        }
    }

    private void run() {
        if (cancelled) {
            return;
        }
        try {
            task.run();
        } catch (Throwable t) {
            // The task is the code of others: it runs again whatever it throws.
            log.error("a repeated task failed; it runs again in {}", DurationText.inWords(every), t);
        }
        if (!cancelled) {
            plan();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        Scheduler.Cancellation next = planned;
        if (next != null) {
            next.cancel();
        }
    }
}
