package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.TargetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The content of a table. One row that cannot be read must not hide the others.
 *
 * @param rows what could be read
 * @param unreadable the names of rows that make no sense without a secret that was lost, each with what is wrong
 */
public record Loaded<T>(List<T> rows, Map<TargetId, String> unreadable) {
    /** Reads all rows of a query whose first two columns are the name. */
    static <T> Loaded<T> of(Query query, RowMapper<T> mapper) {
        List<T> rows = new ArrayList<>();
        Map<TargetId, String> unreadable = new LinkedHashMap<>();
        query.map((row, context) -> {
                    try {
                        return rows.add(mapper.map(row, context));
                    } catch (InvalidFieldsException e) {
                        unreadable.put(
                                new TargetId(row.getString(1), row.getString(2)), String.valueOf(e.getMessage()));
                        return false;
                    }
                })
                .forEach(read -> {});
        return new Loaded<>(rows, unreadable);
    }
}
