package dev.vitals.health.monitor.store;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.UnreadableProbe;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a target and its state from a row; {@link TargetStore} and {@link StateWriter} write them. */
final class TargetMapper implements RowMapper<WatchedTarget> {
    static final String QUERY = """
            SELECT t.app, t.instance, t.source, t.kind, t.probe, t.secrets, t.interval_ms, t.timeout_ms,
                   t.unhealthy, t.healthy, t.notify, t.labels, t.lease_ms, t.registered_at, t.lease_until, t.renewed_at,
                   s.state, s.tally_state, s.errors, s.oks, s.passes, s.since, s.last_code, s.last_message, s.last_http,
                   s.last_time, s.last_latency_us, s.components, h.number
            FROM target t LEFT JOIN target_state s ON s.app = t.app AND s.instance = t.instance
                LEFT JOIN history_target h ON h.app = t.app AND h.instance = t.instance
            ORDER BY t.app, t.instance
            """;

    private final SecretStore.Reader secrets;
    private final SettingsReader reader;
    private final Map<Long, Instant> seen;

    /** Reads rows; {@code seen} are the times at which targets were seen last, by their numbers in the history. */
    TargetMapper(SecretStore.Reader secrets, SettingsReader reader, Map<Long, Instant> seen) {
        this.reader = reader;
        this.seen = seen;
        this.secrets = secrets;
    }

    @Override
    public WatchedTarget map(ResultSet row, StatementContext context) throws SQLException {
        TargetId id = new TargetId(row.getString("app"), row.getString("instance"));
        return map(
                row,
                reader.storedProbe(
                        row.getString("kind"),
                        Columns.readFields(row.getString("probe")),
                        secrets.read(SecretStore.owner(id), Columns.readList(row.getString("secrets")))));
    }

    /** Reads a target whose probe makes no sense. */
    WatchedTarget unreadable(ResultSet row, String problem) throws SQLException {
        return map(
                row,
                new UnreadableProbe(
                        row.getString("kind"),
                        Columns.readFields(row.getString("probe")),
                        Columns.readList(row.getString("secrets")),
                        problem));
    }

    private WatchedTarget map(ResultSet row, Probe probe) throws SQLException {
        Target target = target(row, probe);
        return new WatchedTarget(target, state(row, target));
    }

    private static Target target(ResultSet row, Probe probe) throws SQLException {
        TargetId id = new TargetId(row.getString("app"), row.getString("instance"));
        return new Target(
                id,
                Source.of(row.getString("source")),
                settings(row, probe),
                Columns.instant(row, "registered_at"),
                Columns.instantOrNull(row, "lease_until"),
                Columns.instantOrNull(row, "renewed_at"));
    }

    private static ProbeSettings settings(ResultSet row, Probe probe) throws SQLException {
        return new ProbeSettings(
                probe,
                duration(row, "interval_ms"),
                duration(row, "timeout_ms"),
                StateMachine.of(row.getInt("unhealthy"), row.getInt("healthy")),
                Columns.readList(row.getString("notify")),
                Columns.readMap(row.getString("labels")),
                duration(row, "lease_ms"));
    }

    private TargetState state(ResultSet row, Target target) throws SQLException {
        if (row.getString("state") == null) {
            return TargetState.start(target.registeredAt());
        }
        StreakCounts counts = StreakCounts.of(
                State.valueOf(row.getString("tally_state")),
                row.getInt("errors"),
                row.getInt("oks"),
                row.getInt("passes"));
        PollResult last = lastResult(row);
        TargetState state = new TargetState(
                counts,
                State.valueOf(row.getString("state")),
                Columns.instant(row, "since"),
                last,
                Columns.instantOrNull(row, "last_time"));
        return state.withSeen(last == null ? null : new Moment(lastSeen(row, last), 0));
    }

    private Instant lastSeen(ResultSet row, PollResult last) throws SQLException {
        Instant end = last.time().plus(last.latency());
        // A number of NULL is read as 0, which no target has.
        Instant repeated = seen.getOrDefault(row.getLong("number"), end);
        return repeated.isAfter(end) ? repeated : end;
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
                Columns.instant(row, "last_time"),
                Duration.of(row.getLong("last_latency_us"), ChronoUnit.MICROS),
                Columns.readComponents(row.getString("components")));
    }

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(row.getLong(column));
    }
}
