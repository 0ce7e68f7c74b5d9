package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Settings;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Turns targets and states into the values of a row; {@link TrackedMapper} does the reverse. */
final class TargetBinder {
    private TargetBinder() {}

    static void bind(PreparedBatch row, Target target) {
        Settings settings = target.settings();
        row.bind("app", target.id().app())
                .bind("instance", target.id().instance())
                .bind("source", target.source().word())
                .bind("kind", settings.probe().kind())
                .bind("probe", JsonColumn.fields(settings.probe().fields()))
                .bind("secrets", SecretColumn.write(settings.probe().secrets()))
                .bind("interval", settings.interval().toMillis())
                .bind("timeout", settings.timeout().toMillis())
                .bind("unhealthy", settings.thresholds().failureThreshold())
                .bind("healthy", settings.thresholds().successThreshold())
                .bind("notify", JsonColumn.list(settings.notifyAddresses()))
                .bind("labels", JsonColumn.map(settings.labels()))
                .bind("lease", settings.lease().toMillis())
                .bind("registeredAt", target.registeredAt().toEpochMilli())
                .bind("leaseUntil", millis(target.leaseUntil()))
                .bind("renewedAt", millis(target.renewedAt()));
    }

    static void bindState(PreparedBatch row, TargetState state) {
        PollResult last = state.lastResult();
        row.bind("state", state.state().name())
                .bind("tallyState", state.tally().state().name())
                .bind("errors", state.tally().errors())
                .bind("oks", state.tally().oks())
                .bind("passes", state.tally().passes())
                .bind("since", state.since().toEpochMilli())
                .bind("code", last == null ? null : last.code().name())
                .bind("message", last == null ? null : last.message())
                .bind("http", last == null ? null : last.httpStatus())
                .bind("time", last == null ? null : millis(last.time()))
                .bind(
                        "latency",
                        last == null
                                ? null
                                : (Long) TimeUnit.NANOSECONDS.toMicros(
                                        last.latency().toNanos()))
                .bind("components", JsonColumn.components(last == null ? List.of() : last.components()));
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
