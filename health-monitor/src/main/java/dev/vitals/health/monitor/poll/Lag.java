package dev.vitals.health.monitor.poll;

import java.time.Duration;

/** How late polls have started: the worst of the last ten to twenty seconds. Written by the scheduler's thread alone. */
final class Lag {
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile Window window;

    // Two windows, so that a bad value does not vanish the moment it was seen.
    private record Window(long start, long worst, long worstBefore) {
        Window at(long now) {
            long windows = (now - start) / WINDOW_NANOS;
            if (windows == 0) {
                return this;
            }
            return new Window(start + windows * WINDOW_NANOS, 0, windows == 1 ? worst : 0);
        }

        Window with(long lag) {
            return lag <= worst ? this : new Window(start, lag, worstBefore);
        }
    }

    Lag(long now) {
        window = new Window(now, 0, 0);
    }

    void note(long lagNanos, long now) {
        window = window.at(now).with(lagNanos);
    }

    Duration worst(long now) {
        Window current = window.at(now);
        return Duration.ofNanos(Math.max(current.worst(), current.worstBefore()));
    }
}
