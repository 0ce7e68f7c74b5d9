package dev.vitals.health.monitor.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down those who guess: a few failures are free, then each makes the next wait twice as long, up to a bound. An
 * attempt counts as a failure from its beginning, so that many at once do not slip through. Guarded by its owner;
 * keeps a bounded number of keys, those that were tried last.
 */
final class FailedLogins {
    private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();
    private static final long FORGOTTEN_AFTER = Duration.ofHours(1).toNanos();
    private static final int MAX_DOUBLINGS = 20;

    private final Map<String, Failures> byKey;
    private final int free;
    private final LongSupplier nanoTime;

    /** What has failed under one key. */
    private record Failures(int count, long last, long next) {}

    FailedLogins(int free, int maxKeys, LongSupplier nanoTime) {
        this.free = free;
        this.nanoTime = nanoTime;
        this.byKey = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** Returns how long to wait before the next attempt; zero for not at all. */
    Duration toWait(String key) {
        Failures known = current(key);
        long wait = known == null ? 0 : known.next() - nanoTime.getAsLong();
        return wait <= 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }

    /** Counts an attempt as a failure. */
    void failed(String key) {
        Failures known = current(key);
        long now = nanoTime.getAsLong();
        int count = known == null ? 1 : known.count() + 1;
        long wait = count < free ? 0 : FIRST_WAIT << Math.min(count - free, MAX_DOUBLINGS);
        byKey.put(key, new Failures(count, now, now + Math.min(wait, LONGEST_WAIT)));
    }

    /** Takes one failure back: the attempt was none. */
    void takeBack(String key) {
        Failures known = current(key);
        if (known != null && known.count() > 1) {
            long now = nanoTime.getAsLong();
            boolean nowFree = known.count() - 1 < free;
            byKey.put(key, new Failures(known.count() - 1, known.last(), nowFree ? now : known.next()));
        } else {
            byKey.remove(key);
        }
    }

    /** Forgets what has failed. */
    void forget(String key) {
        byKey.remove(key);
    }

    private @Nullable Failures current(String key) {
        Failures known = byKey.get(key);
        if (known != null && nanoTime.getAsLong() - known.last() > FORGOTTEN_AFTER) {
            byKey.remove(key);
            return null;
        }
        return known;
    }
}
