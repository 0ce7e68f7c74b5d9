package dev.vitals.health;

import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.internal.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check that is OK as long as your code calls {@link #beat} in time, such as once a night at the end of a job.
 * Thread-safe; costs no thread.
 *
 * <pre>{@code
 * Heartbeat nightly = Heartbeat.every(Duration.ofHours(25));
 * Health health = Health.builder().check("nightly-job", nightly).start();
 * nightly.beat();
 * }</pre>
 *
 * <p>The registration counts as the first beat. One heartbeat serves one registration at a time. Its defaults: it is
 * read every second, and an ERROR makes it UNHEALTHY at once.
 */
public final class Heartbeat extends InMemoryCheck {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(31);

    private final Duration every;
    private volatile @Nullable AgeClock clock;
    private volatile long lastNanos;

    private Heartbeat(Duration every) {
        this.every = Require.range("every", every, MIN, MAX);
    }

    /**
     * Returns a heartbeat that is not registered yet.
     *
     * @param every the longest time between two beats, from 1 s to 31 days
     * @throws IllegalArgumentException if the time is out of its bounds
     */
    public static Heartbeat every(Duration every) {
        return new Heartbeat(every);
    }

    @Override
    void begin(AgeClock time) {
        lastNanos = time.nanoTime();
        clock = time;
    }

    /** Says that all is well now. */
    public void beat() {
        AgeClock time = clock;
        if (time == null) {
            return;
        }
        long now = time.nanoTime();
        boolean late = now - lastNanos > every.toNanos();
        lastNanos = now;
        // A beat in time changes nothing, so beating often costs nothing.
        if (late) {
            readSoon();
        }
    }

    /** Returns OK, or ERROR if the last beat is too long ago; {@code silence} is the time since then. */
    @Override
    public Outcome run() {
        AgeClock time = clock;
        if (time == null) {
            return Outcome.error("not registered");
        }
        Duration silent = Duration.ofNanos(time.nanoTime() - lastNanos);
        Outcome outcome = silent.compareTo(every) <= 0
                ? Outcome.ok()
                : Outcome.error("no beat for " + silent.toSeconds() + " s, expected every " + every.toSeconds() + " s");
        return outcome.measured("silence", silent.toSeconds(), "s");
    }
}
