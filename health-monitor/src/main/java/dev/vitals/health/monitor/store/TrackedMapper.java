package dev.vitals.health.monitor.store;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a target and its state from a row. */
final class TrackedMapper implements RowMapper<WatchedTarget> {
    private final SecretValues secrets;
    private final SettingsReader reader;

    TrackedMapper(SecretValues secrets, SettingsReader reader) {
        this.reader = reader;
        this.secrets = secrets;
    }

    @Override
    public WatchedTarget map(ResultSet row, StatementContext context) throws SQLException {
        Target target = target(row);
        return new WatchedTarget(target, state(row, target));
    }

    private Target target(ResultSet row) throws SQLException {
        TargetId id = new TargetId(row.getString("app"), row.getString("instance"));
        return new Target(
                id,
                Source.of(row.getString("source")),
                settings(row, id),
                instant(row, "registered_at"),
                optional(row, "lease_until"),
                optional(row, "renewed_at"));
    }

    private ProbeSettings settings(ResultSet row, TargetId id) throws SQLException {
        return new ProbeSettings(
                reader.storedProbe(
                        row.getString("kind"),
                        JsonColumn.readFields(row.getString("probe")),
                        SecretColumn.read(id, row.getString("secrets"), secrets)),
                duration(row, "interval_ms"),
                duration(row, "timeout_ms"),
                StateMachine.of(row.getInt("unhealthy"), row.getInt("healthy")),
                JsonColumn.readList(row.getString("notify")),
                JsonColumn.readMap(row.getString("labels")),
                duration(row, "lease_ms"));
    }

    private static TargetState state(ResultSet row, Target target) throws SQLException {
        if (row.getString("state") == null) {
            return TargetState.start(target.registeredAt());
        }
        StreakCounts tally = StreakCounts.of(
                State.valueOf(row.getString("tally_state")),
                row.getInt("errors"),
                row.getInt("oks"),
                row.getInt("passes"));
        return new TargetState(
                tally,
                State.valueOf(row.getString("state")),
                instant(row, "since"),
                lastResult(row),
                optional(row, "last_time"));
    }

    private static @Nullable PollResult lastResult(ResultSet row) throws SQLException {
        String code = row.getString("last_code");
        if (code == null) {
            return null;
        }
        return new PollResult(
                Outcome.Code.valueOf(code),
                row.getString("last_message"),
                row.getObject("last_http") == null ? null : row.getInt("last_http"),
                instant(row, "last_time"),
                Duration.of(row.getLong("last_latency_us"), ChronoUnit.MICROS),
                JsonColumn.readComponents(row.getString("components")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(row.getLong(column));
    }
}
