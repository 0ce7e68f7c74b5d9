package dev.vitals.health.monitor.store;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Tally;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.RegistrationBuilder;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.Tracked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a target and its state from a row. */
final class TrackedMapper implements RowMapper<Tracked> {
    @Override
    public Tracked map(ResultSet row, StatementContext context) throws SQLException {
        Target target = target(row);
        return new Tracked(target, state(row, target));
    }

    private static Target target(ResultSet row) throws SQLException {
        return new Target(
                new TargetId(row.getString("app"), row.getString("instance")),
                registration(row),
                instant(row, "registered_at"),
                row.getObject("lease_until") == null ? null : instant(row, "lease_until"));
    }

    private static Registration registration(ResultSet row) throws SQLException {
        RegistrationBuilder builder = Registration.builder(row.getString("url"))
                .healthPath(row.getString("health_path"))
                .interval(duration(row, "interval_ms"))
                .timeout(duration(row, "timeout_ms"))
                .unhealthy(row.getInt("unhealthy"))
                .healthy(row.getInt("healthy"))
                .lease(duration(row, "lease_ms"));
        JsonColumn.readList(row.getString("notify")).forEach(builder::notify);
        JsonColumn.readMap(row.getString("labels")).forEach(builder::label);
        return builder.build();
    }

    private static TargetState state(ResultSet row, Target target) throws SQLException {
        if (row.getString("state") == null) {
            return TargetState.start(target.registeredAt());
        }
        Tally tally = Tally.of(
                State.valueOf(row.getString("state")), row.getInt("errors"), row.getInt("oks"), row.getInt("passes"));
        return new TargetState(tally, instant(row, "since"), lastResult(row));
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

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(row.getLong(column));
    }
}
