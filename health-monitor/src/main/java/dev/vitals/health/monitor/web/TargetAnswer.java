package dev.vitals.health.monitor.web;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.probe.HealthProbe;
import dev.vitals.health.monitor.registry.Registry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target with its state, as it is answered; {@code url} and {@code healthUrl} are those of the kind health. */
record TargetAnswer(
        String app,
        String instance,
        Source source,
        String kind,
        @Nullable String url,
        @Nullable String healthUrl,
        String subject,
        State state,
        Status status,
        String why,
        Instant since,
        Instant registeredAt,
        @Nullable Instant leaseUntil,
        boolean leaseExpired,
        @Nullable Maintenance maintenance,
        @Nullable Instant silencedUntil,
        Map<String, String> labels,
        Thresholds thresholds,
        BigDecimal interval,
        BigDecimal timeout,
        @Nullable Result lastResult) {

    static TargetAnswer of(WatchedTarget watched, Registry registry, List<Suppressed.Active> active) {
        Target target = watched.target();
        TargetState state = watched.state();
        HealthProbe health = target.probe() instanceof HealthProbe probe ? probe : null;
        Suppressed suppressed = Suppressed.of(active, target).orElse(new Suppressed(null, null));
        return new TargetAnswer(
                target.id().appOrHost(),
                target.id().name(),
                target.source(),
                target.probe().kind(),
                health == null ? null : health.url().toString(),
                health == null ? null : health.subject(),
                target.probe().subject(),
                state.state(),
                state.state().status(),
                state.why(),
                state.since(),
                target.registeredAt(),
                target.leaseUntil(),
                registry.leaseExpired(target),
                Maintenance.of(suppressed.maintenance()),
                suppressed.silence() == null ? null : suppressed.silence().until(),
                target.labels(),
                new Thresholds(
                        target.thresholds().failureThreshold(),
                        target.thresholds().successThreshold()),
                JsonResponse.seconds(target.interval()),
                JsonResponse.seconds(target.timeout()),
                state.lastResult() == null ? null : Result.of(state.lastResult()));
    }

    /** The maintenance window that a target is in. */
    record Maintenance(String id, String name, Instant until) {
        static @Nullable Maintenance of(Suppressed.@Nullable Active active) {
            return active == null
                    ? null
                    : new Maintenance(
                            active.suppression().id(), active.suppression().name(), active.until());
        }
    }

    /** How many results in a row change the state. */
    record Thresholds(int unhealthy, int healthy) {}

    /** The result of a poll. */
    record Result(
            Outcome.Code code,
            @Nullable String message,
            @Nullable Integer httpStatus,
            @Nullable String releaseId,
            Instant time,
            BigDecimal latencyMs) {
        static Result of(PollResult result) {
            return new Result(
                    result.code(),
                    result.message(),
                    result.httpStatus(),
                    result.releaseId(),
                    result.time(),
                    JsonResponse.millis(result.latency()));
        }
    }

    /** A component that a health document reports. */
    record Component(
            String name,
            Status status,
            @Nullable String output,
            @Nullable BigDecimal observedValue,
            @Nullable String observedUnit) {
        static List<Component> of(List<ComponentState> components) {
            return components.stream().map(Component::of).toList();
        }

        private static Component of(ComponentState component) {
            Double value = component.observedValue();
            return new Component(
                    component.name(),
                    component.status(),
                    component.output(),
                    value == null ? null : JsonResponse.decimal(value),
                    component.observedUnit());
        }
    }

    /** A change of the state. */
    record Change(State from, State to, Instant at, String why) {
        static Change of(dev.vitals.health.monitor.model.Change change) {
            return new Change(change.from(), change.to(), change.at(), change.why());
        }
    }
}
