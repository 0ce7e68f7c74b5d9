package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** The delays of polls behind their plan: the longest recent delay, and a histogram of all delays. Thread-safe, without locks. */
final class StartDelays {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int WINDOWS = 2;
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 2;

    private final TimeWindowMax recent;
    private final Histogram all = new AtomicHistogram(MAX_MICROS, DIGITS);

    StartDelays(Scheduler scheduler) {
        recent = new TimeWindowMax(clock(scheduler), WINDOW.toMillis(), WINDOWS);
    }

    private static Clock clock(Scheduler scheduler) {
        return new Clock() {
            @Override
            public long wallTime() {
                return TimeUnit.NANOSECONDS.toMillis(scheduler.nanoTime());
            }

            @Override
            public long monotonicTime() {
                return scheduler.nanoTime();
            }
        };
    }

    void record(long nanos) {
        long delay = Math.max(0, nanos);
        recent.record((double) delay, TimeUnit.NANOSECONDS);
        all.recordValue(Math.min(MAX_MICROS, TimeUnit.NANOSECONDS.toMicros(delay)));
    }

    /** Returns the longest delay of the last ten to twenty seconds. */
    Duration recentMax() {
        return Duration.ofNanos((long) recent.poll(TimeUnit.NANOSECONDS));
    }

    /** Returns a copy of the histogram, in microseconds from 0 to 1 h, with two significant digits. */
    Histogram histogram() {
        return all.copy();
    }
}
