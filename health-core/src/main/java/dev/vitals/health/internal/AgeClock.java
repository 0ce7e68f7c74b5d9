package dev.vitals.health.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Elapsed time for the age of results: it goes on while the machine sleeps, unlike {@link System#nanoTime}, and nobody can set it
 * back, unlike the wall clock. Thread-safe; a read takes no lock.
 *
 * <p>When the wall clock is ahead of the elapsed time by more than slewing explains, the machine has slept, or somebody has
 * set the clock. If a third source is there that counts sleep and cannot be set, it decides; else the wall clock is
 * believed, since a result that wrongly looks old is soon renewed, and one that wrongly looks fresh is a lie.
 */
public final class AgeClock {
    private static final long REBASE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TOLERANCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_READ_NANOS = Duration.ofMillis(100).toNanos();

    /** NTP slews a clock by at most half of this share of the time. */
    private static final long SLEW_SHARE = 1_000;

    private static final Path UPTIME = Path.of("/proc/uptime");

    private final LongSupplier elapsed;
    private final InstantSource wall;
    private final @Nullable LongSupplier sleepCounting;
    private final long originNanos;
    private final AtomicReference<Base> base;
    private volatile Consumer<Duration> whenAhead = slept -> {};

    /** Both clocks at one moment, and how long the machine has slept until then. */
    private record Base(long nanos, long wallMillis, long sleptNanos) {}

    /**
     * Starts to compare the two clocks.
     *
     * @param elapsed elapsed nanoseconds without sleep, as those of a scheduler
     * @param sleepCounting elapsed nanoseconds that include sleep, negative if they cannot be read; null if there is no
     *     such source
     */
    public AgeClock(LongSupplier elapsed, InstantSource wall, @Nullable LongSupplier sleepCounting) {
        this.elapsed = elapsed;
        this.wall = wall;
        long nanos = elapsed.getAsLong();
        long counted = sleepCounting == null ? -1 : sleepCounting.getAsLong();
        this.sleepCounting = counted < 0 ? null : sleepCounting;
        this.originNanos = counted - nanos;
        this.base = new AtomicReference<>(new Base(nanos, wallMillis(0), 0));
    }

    /** Compares that elapsed time with that clock. If both are the system's, the kernel tells about sleep where it can. */
    public static AgeClock of(LongSupplier elapsed, InstantSource wall) {
        if (wall != InstantSource.system()) {
            return new AgeClock(elapsed, wall, null);
        }
        boolean real = Math.abs(elapsed.getAsLong() - System.nanoTime()) < TOLERANCE_NANOS;
        return real
                ? new AgeClock(elapsed, wall, AgeClock::linuxUptime)
                : new AgeClock(elapsed, () -> Instant.EPOCH.plusNanos(elapsed.getAsLong()), null);
    }

    // Source: proc(5): the seconds since the boot with two decimals, including the time spent in suspend.
    private static long linuxUptime() {
        try {
            String seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return (long) (Double.parseDouble(seconds) * 1e9);
        } catch (IOException | RuntimeException notLinux) {
            return -1;
        }
    }

    /** Sets what happens when the wall clock was ahead: it gets the time slept, zero if the clock was only set. */
    public void whenAhead(Consumer<Duration> action) {
        whenAhead = action;
    }

    /** Returns the nanoseconds since an arbitrary origin, sleep included. */
    public long nanoTime() {
        Base known = known();
        long nanos = elapsed.getAsLong();
        boolean recent = nanos - known.nanos < REBASE_NANOS;
        if (recent && !parted(ahead(known, nanos, wallMillis(known.wallMillis)), 0)) {
            return nanos + known.sleptNanos;
        }
        return nanos + compare(known).sleptNanos;
    }

    /** Returns a moment of the elapsed time without sleep as one of this clock. */
    public long of(long elapsedNanos) {
        return elapsedNanos + known().sleptNanos;
    }

    private Base known() {
        return Objects.requireNonNull(base.get());
    }

    private static long ahead(Base known, long nanos, long wallMillis) {
        return TimeUnit.MILLISECONDS.toNanos(wallMillis - known.wallMillis) - (nanos - known.nanos);
    }

    private static boolean parted(long aheadNanos, long passedNanos) {
        return Math.abs(aheadNanos) > TOLERANCE_NANOS + passedNanos / SLEW_SHARE;
    }

    private Base compare(Base known) {
        long before = elapsed.getAsLong();
        long wallMillis = wallMillis(known.wallMillis);
        long nanos = elapsed.getAsLong();
        if (nanos - before > MAX_READ_NANOS) {
            // This thread was paused between the readings, so they say nothing. The next reader compares again.
            return known;
        }
        long ahead = ahead(known, nanos, wallMillis);
        boolean slept = ahead > 0 && parted(ahead, nanos - known.nanos);
        Base next = new Base(nanos, wallMillis, slept ? sleptNanos(known, ahead) : known.sleptNanos);
        if (!base.compareAndSet(known, next)) {
            return known();
        }
        if (slept) {
            whenAhead.accept(Duration.ofNanos(next.sleptNanos - known.sleptNanos));
        }
        return next;
    }

    private long sleptNanos(Base known, long ahead) {
        long counted = sleepCounting == null ? -1 : sleepCounting.getAsLong();
        if (counted < 0) {
            return known.sleptNanos + ahead;
        }
        long slept = counted - elapsed.getAsLong() - originNanos;
        return slept - known.sleptNanos > TOLERANCE_NANOS ? slept : known.sleptNanos;
    }

    private long wallMillis(long otherwise) {
        try {
            return wall.millis();
        } catch (RuntimeException broken) {
            // The clock may be the user's. Without it, elapsed time decides alone.
            return otherwise;
        }
    }
}
