package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes states and changes, which nearly every result needs, in plain JDBC; {@link TargetMapper} reads them. */
final class StateWriter {
    private static final String UPDATE = """
            UPDATE target_state SET state = ?, tally_state = ?, errors = ?, oks = ?, passes = ?, since = ?,
                last_code = ?, last_message = ?, last_http = ?, last_time = ?, last_latency_us = ?, components = ?
            WHERE app = ? AND instance = ?
            """;

    private static final String ADD = """
            INSERT INTO target_state (state, tally_state, errors, oks, passes, since, last_code, last_message,
                                      last_http, last_time, last_latency_us, components, app, instance)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String ADD_CHANGE =
            "INSERT INTO state_change (app, instance, from_state, to_state, at, why) VALUES (?, ?, ?, ?, ?, ?)";

    private StateWriter() {}

    static void writeStates(Connection connection, Map<TargetId, TargetState> states) throws SQLException {
        List<Map.Entry<TargetId, TargetState>> rows = List.copyOf(states.entrySet());
        // Most states exist already, and an update costs less than an insert that runs into them.
        int[] updated = Statements.all(connection, UPDATE, rows, StateWriter::bind);
        List<Map.Entry<TargetId, TargetState>> added = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                added.add(rows.get(i));
            }
        }
        Statements.all(connection, ADD, added, StateWriter::bind);
    }

    static void writeChanges(Connection connection, List<Change> changes) throws SQLException {
        Statements.all(connection, ADD_CHANGE, changes, StateWriter::bind);
    }

    private static void bind(PreparedStatement row, Map.Entry<TargetId, TargetState> entry) throws SQLException {
        TargetState state = entry.getValue();
        row.setString(1, state.state().name());
        row.setString(2, state.counts().state().name());
        row.setInt(3, state.counts().errors());
        row.setInt(4, state.counts().oks());
        row.setInt(5, state.counts().passes());
        row.setLong(6, state.since().toEpochMilli());
        PollResult last = state.lastResult();
        if (last == null) {
            for (int position = 7; position <= 11; position++) {
                row.setNull(position, Types.NULL);
            }
        } else {
            bind(row, last);
        }
        row.setString(12, Columns.components(last == null ? List.of() : last.components()));
        row.setString(13, entry.getKey().appOrHost());
        row.setString(14, entry.getKey().name());
    }

    private static void bind(PreparedStatement row, PollResult last) throws SQLException {
        row.setString(7, last.code().name());
        row.setString(8, last.message());
        Statements.set(
                row,
                9,
                last.httpStatus() == null ? null : (Long) last.httpStatus().longValue());
        row.setLong(10, last.time().toEpochMilli());
        row.setLong(11, TimeUnit.NANOSECONDS.toMicros(last.latency().toNanos()));
    }

    private static void bind(PreparedStatement row, Change change) throws SQLException {
        row.setString(1, change.target().appOrHost());
        row.setString(2, change.target().name());
        row.setString(3, change.from().name());
        row.setString(4, change.to().name());
        row.setLong(5, change.at().toEpochMilli());
        row.setString(6, change.why());
    }
}
