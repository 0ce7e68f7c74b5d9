package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.registry.Registry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many instances there may be: in all, under the app prefix of one token, and new ones in a time. Thread-safe.
 *
 * <p>Registrations that are under way are counted for a second only, so that many at once can exceed a bound by a few.
 */
public final class RegistrationBounds {
    /** New instances of one token that may follow each other at once. */
    static final int NEW_AT_ONCE = 3_000;

    /** New instances of one token for each second after that. */
    static final int NEW_PER_SECOND = 50;

    private static final double NANOS = 1e9;

    private final Registry registry;
    private final int max;
    private final int maxPerToken;
    private final LongSupplier nanoTime;
    // By the name of the token; as many as there are tokens.
    private final Map<String, Uses> uses = new ConcurrentHashMap<>();

    /**
     * Counts the instances of the registry.
     *
     * @param max the most instances in all
     * @param maxPerToken the most instances under the prefix of one token
     * @param nanoTime elapsed time in nanoseconds
     */
    public RegistrationBounds(Registry registry, int max, int maxPerToken, LongSupplier nanoTime) {
        this.registry = registry;
        this.max = max;
        this.maxPerToken = maxPerToken;
        this.nanoTime = nanoTime;
    }

    /** Throws a problem unless the caller may register one more instance. */
    void requireRoom(Principal caller) {
        String name = caller.actor().name();
        Uses of = uses.computeIfAbsent(name, unknown -> new Uses(nanoTime.getAsLong()));
        if (!of.take(nanoTime.getAsLong())) {
            throw Problem.later(
                            name + " may register " + NEW_AT_ONCE + " new instances at once, and " + NEW_PER_SECOND
                                    + " a second after that",
                            Duration.ofSeconds(1))
                    .exception();
        }
        Count count = of.count(nanoTime.getAsLong());
        if (count == null || count.all >= max || count.reached >= maxPerToken) {
            // The counts may be a second old: some may have gone since.
            count = count(caller);
            of.set(count);
        }
        if (count.all >= max) {
            throw full("the monitor has " + count.all + " instances", max, "--max-instances");
        }
        if (count.reached >= maxPerToken) {
            String under = caller.scope().appPrefix();
            throw full(
                    "there are " + count.reached + " instances "
                            + (under.isEmpty()
                                    ? "in the reach of this token"
                                    : "of apps whose names begin with " + under),
                    maxPerToken,
                    "--max-instances-per-token");
        }
        of.set(new Count(count.all + 1, count.reached + 1, count.at));
    }

    private static ProblemException full(String what, int bound, String option) {
        return Problem.of(409, what + ", and " + option + " allows " + bound).exception();
    }

    private Count count(Principal caller) {
        int[] counts = new int[2];
        registry.each(watched -> {
            if (watched.target().source() == Source.REGISTRATION) {
                counts[0]++;
                counts[1] += caller.scope().coversApp(watched.id().appOrHost()) ? 1 : 0;
            }
        });
        return new Count(counts[0], counts[1], nanoTime.getAsLong());
    }

    /**
     * How many instances there are.
     *
     * @param all in the monitor
     * @param reached under the prefix of a token
     * @param at when they were counted
     */
    private record Count(int all, int reached, long at) {}

    /** What one token has used. */
    private static final class Uses {
        // All guarded by this.
        private double left = NEW_AT_ONCE;
        private long filledAt;
        private @Nullable Count count;

        Uses(long now) {
            filledAt = now;
        }

        synchronized boolean take(long now) {
            left = Math.min(NEW_AT_ONCE, left + (now - filledAt) / NANOS * NEW_PER_SECOND);
            filledAt = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }

        synchronized @Nullable Count count(long now) {
            return count == null || now - count.at > NANOS ? null : count;
        }

        synchronized void set(Count newest) {
            count = newest;
        }
    }
}
