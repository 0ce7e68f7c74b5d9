package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The statements that run for nearly every result; {@link TrackedMapper} reads what they write. */
final class StateStatement {
    static final String SAVE = """
            INSERT INTO target_state (app, instance, state, tally_state, errors, oks, passes, since,
                                      last_code, last_message, last_http, last_time, last_latency_us, components)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, instance) DO UPDATE SET
                state = excluded.state, tally_state = excluded.tally_state, errors = excluded.errors,
                oks = excluded.oks, passes = excluded.passes, since = excluded.since, last_code = excluded.last_code,
                last_message = excluded.last_message, last_http = excluded.last_http, last_time = excluded.last_time,
                last_latency_us = excluded.last_latency_us, components = excluded.components
            """;

    static final String ADD_CHANGE =
            "INSERT INTO state_change (app, instance, from_state, to_state, at, why) VALUES (?, ?, ?, ?, ?, ?)";

    private StateStatement() {}

    static void bind(PreparedStatement row, Map.Entry<TargetId, TargetState> entry) throws SQLException {
        TargetState state = entry.getValue();
        row.setString(1, entry.getKey().app());
        row.setString(2, entry.getKey().instance());
        row.setString(3, state.state().name());
        row.setString(4, state.tally().state().name());
        row.setInt(5, state.tally().errors());
        row.setInt(6, state.tally().oks());
        row.setInt(7, state.tally().passes());
        row.setLong(8, state.since().toEpochMilli());
        PollResult last = state.lastResult();
        if (last == null) {
            for (int position = 9; position <= 13; position++) {
                row.setNull(position, Types.NULL);
            }
        } else {
            bind(row, last);
        }
        row.setString(14, JsonColumn.components(last == null ? List.of() : last.components()));
    }

    private static void bind(PreparedStatement row, PollResult last) throws SQLException {
        row.setString(9, last.code().name());
        row.setString(10, last.message());
        Statements.set(
                row,
                11,
                last.httpStatus() == null ? null : (Long) last.httpStatus().longValue());
        row.setLong(12, last.time().toEpochMilli());
        row.setLong(13, TimeUnit.NANOSECONDS.toMicros(last.latency().toNanos()));
    }

    static void bind(PreparedStatement row, Change change) throws SQLException {
        row.setString(1, change.target().app());
        row.setString(2, change.target().instance());
        row.setString(3, change.from().name());
        row.setString(4, change.to().name());
        row.setLong(5, change.at().toEpochMilli());
        row.setString(6, change.why());
    }
}
