package dev.vitals.health.testkit;

import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that the test advances: both the scheduler and the wall clock. Tasks run on the thread that calls {@link #advance},
 * in the order of their times, each at exactly its time.
 */
public final class ManualScheduler implements Scheduler, InstantSource {
    private static final Comparator<Task> ORDER =
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.number);

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 1_000_000_000L;
    private long count;
    private boolean dead;

    /**
     * Returns a builder with this time and no jitter. Its checks run on the thread that advances the time; while a
     * {@link FaultyCheck} is set to hang, on threads of the kit instead, for which {@code advance} waits until they end or hang.
     */
    public HealthBuilder health() {
        return Health.builder()
                .scheduler(this)
                .clock(this)
                .executor(CheckThreads::run)
                .jitter(0);
    }

    private record Task(Runnable body, long due, long number) {}

    /** Creates one whose wall clock shows 2026-01-01T00:00:00Z. */
    public ManualScheduler() {}

    /** Advances both clocks, and runs the tasks that become due on the way. */
    public void advance(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Task next = takeDue(end); next != null; next = takeDue(end)) {
            next.body.run();
        }
        moveTo(end);
    }

    private synchronized @Nullable Task takeDue(long end) {
        Task next = tasks.peek();
        if (next == null || next.due - end > 0 || dead) {
            return null;
        }
        tasks.remove();
        moveTo(next.due);
        return next;
    }

    private synchronized void moveTo(long target) {
        if (target - nanos > 0) {
            wall = wall.plusNanos(target - nanos);
            nanos = target;
        }
    }

    /**
     * Sets the wall clock but not the elapsed time, as an administrator or NTP does. Forward by more than a second, it is what
     * happens when the machine sleeps: results become older by that much, and all checks run at once.
     */
    public synchronized void setWall(Instant instant) {
        wall = instant;
    }

    /** Runs no task from now on, though time goes on: a scheduler whose thread has died. */
    public synchronized void die() {
        dead = true;
    }

    /** Returns how many tasks are planned. */
    public synchronized int planned() {
        return tasks.size();
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Cancellation schedule(Runnable task, Duration delay) {
        Task planned = new Task(task, nanos + Math.max(0, delay.toNanos()), count++);
        tasks.add(planned);
        return () -> cancel(planned);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    @Override
    public synchronized void close() {
        tasks.clear();
    }
}
