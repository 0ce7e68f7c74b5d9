package dev.vitals.health.internal.engine;

import dev.vitals.health.CheckDefinition;
import dev.vitals.health.CheckResult;
import dev.vitals.health.Drain;
import dev.vitals.health.Health;
import dev.vitals.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Health} that endpoints and meters need and users do not. Thread-safe; nothing here blocks. */
public interface HealthView {
    /** Returns the view of these checks. */
    static HealthView of(Health health) {
        // There is an instance, so its class is initialized and has set the opener.
        return Objects.requireNonNull(Opener.opener, "opener").apply(health);
    }

    /** Makes views; the API's package sets it, since it alone sees the inside of a {@link Health}. */
    final class Opener {
        private static volatile @Nullable Function<Health, HealthView> opener;

        private Opener() {}

        /** Sets the function that opens a view. */
        public static void set(Function<Health, HealthView> function) {
            opener = function;
        }
    }

    /** Notes one answer on {@code ready}, failing or not, for those who wait until probers know of a drain. */
    void answeredReady(boolean failing);

    /**
     * Returns for how long nothing but a request or an edit can change the report: until the next run of one of its checks,
     * or until a result is too old. It is 0 if the report can change at any time: on {@code ready}, which drains; with checks
     * that the application feeds, that run on request, that are running, blocked or without a result; and without checks.
     */
    Duration steadyFor(HealthReport report);

    /** Returns the same for one result. */
    Duration steadyFor(CheckResult result);

    /** Returns how long ago the latest run of that check ended, by elapsed time; empty before the first one. */
    Optional<Duration> age(CheckResult result);

    /** Returns the counts of results in a row that led to the state of that check, whether or not it is blocked or stale. */
    StreakCounts counts(CheckResult result);

    /** Returns the wall time, by the clock of the checks. */
    Instant now();

    /** Returns how long that drain lasts if nobody ends it; 0 if it is over. */
    Duration left(Drain drain);

    /**
     * Does what {@link Health#refresh(Predicate)} does without a wait. The future completes when that would return, on the
     * thread that settled the last run: go on from there on an executor.
     */
    CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which);

    /** Does what {@link Health#refresh(Predicate, Duration)} does without a wait, as {@link #refreshAsync(Predicate)}. */
    CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which, Duration maxAge);
}
