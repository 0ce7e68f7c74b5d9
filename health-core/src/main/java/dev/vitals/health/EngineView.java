package dev.vitals.health;

import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.internal.engine.StreakCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The view of the engine for sister modules. */
record EngineView(Engine engine, CheckRegistry registry, Draining draining) implements HealthView {
    @Override
    public void answeredReady(boolean failing) {
        draining.answeredReady(failing);
    }

    @Override
    public Duration steadyFor(HealthReport report) {
        return until(report.steadyUntil(registry::nextChangeNanos));
    }

    @Override
    public Duration steadyFor(CheckResult result) {
        long now = engine.ages().nanoTime();
        return until(Snapshot.earlier(result.validUntilNanos(now), registry.nextChangeNanos(result)));
    }

    @Override
    public Optional<Duration> age(CheckResult result) {
        return result.age(engine.ages().nanoTime());
    }

    @Override
    public StreakCounts counts(CheckResult result) {
        return result.counts();
    }

    @Override
    public Instant now() {
        return engine.now();
    }

    @Override
    public Duration left(Drain drain) {
        return until(drain.untilNanos());
    }

    private Duration until(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos - engine.ages().nanoTime()));
    }

    @Override
    public CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which) {
        return registry.refreshAsync(CheckRegistry.onRequest(which));
    }

    @Override
    public CompletableFuture<Void> refreshAsync(Predicate<CheckDefinition> which, Duration maxAge) {
        return registry.refreshAsync(registry.onRequestOrOlder(which, maxAge));
    }
}
