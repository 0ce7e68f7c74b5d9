package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.TargetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The content of a table. A row that cannot be read as a whole neither hides the others nor loses its name: it is there with
 * an {@link dev.vitals.health.monitor.model.UnreadableProbe}.
 *
 * @param rows all rows
 * @param unreadable the names of those with such a probe, each with what is wrong and what to do
 */
public record Loaded<T>(List<T> rows, Map<TargetId, String> unreadable) {
    /** Reads a row of which a part cannot be read. */
    @FunctionalInterface
    interface StandIn<T> {
        T map(ResultSet row, String problem) throws SQLException;
    }

    /** Reads all rows of a query whose first two columns are the name. */
    static <T> Loaded<T> of(Query query, RowMapper<T> mapper, StandIn<T> standIn) {
        List<T> rows = new ArrayList<>();
        Map<TargetId, String> unreadable = new LinkedHashMap<>();
        query.map((row, context) -> {
                    try {
                        return rows.add(mapper.map(row, context));
                    } catch (IllegalArgumentException e) {
                        String problem = e instanceof SecretStore.LostSecretException
                                ? String.valueOf(e.getMessage())
                                : "its settings cannot be read, give them again: " + e.getMessage();
                        unreadable.put(new TargetId(row.getString(1), row.getString(2)), problem);
                        return rows.add(standIn.map(row, problem));
                    }
                })
                .forEach(read -> {});
        return new Loaded<>(rows, unreadable);
    }
}
