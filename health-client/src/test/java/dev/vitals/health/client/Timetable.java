package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Scheduler;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A manual scheduler that also records the delays of the tasks planned by the client's threads. */
final class Timetable implements Scheduler {
    private final ManualScheduler time = new ManualScheduler();
    private final BlockingQueue<Duration> delays = new LinkedBlockingQueue<>();

    /** Waits for the next planned task and returns its delay. */
    Duration next() throws InterruptedException {
        Duration delay = delays.poll(20, TimeUnit.SECONDS);
        assertThat(delay).as("a planned attempt").isNotNull();
        return delay;
    }

    /** Waits for the next planned task, advances to it, and returns its delay. */
    Duration begin() throws InterruptedException {
        Duration delay = next();
        time.advance(delay);
        return delay;
    }

    void advance(Duration step) {
        time.advance(step);
    }

    int planned() {
        return time.planned();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Cancellation schedule(Runnable task, Duration delay) {
        Cancellation planned = time.schedule(task, delay);
        delays.add(delay);
        return planned;
    }

    @Override
    public void close() {
        time.close();
    }
}
