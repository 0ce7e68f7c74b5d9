package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Target;
import java.time.Instant;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Turns targets into the values of a row; {@link TrackedMapper} does the reverse. */
final class TargetBinder {
    private TargetBinder() {}

    static void bind(PreparedBatch row, Target target) {
        ProbeSettings settings = target.settings();
        row.bind("app", target.id().appOrHost())
                .bind("instance", target.id().name())
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

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
