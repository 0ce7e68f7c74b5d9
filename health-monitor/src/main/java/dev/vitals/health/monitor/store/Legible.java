package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.InvalidFieldsException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows, and passes over those that make no sense without a secret that was lost: the others must be watched. */
final class Legible {
    private static final Logger log = LoggerFactory.getLogger(Legible.class);

    private Legible() {}

    static <T> List<T> list(Query query, RowMapper<T> mapper) {
        List<T> legible = new ArrayList<>();
        query.map((row, context) -> add(legible, mapper, row, context)).forEach(added -> {});
        return legible;
    }

    private static <T> boolean add(List<T> legible, RowMapper<T> mapper, ResultSet row, StatementContext context)
            throws SQLException {
        try {
            return legible.add(mapper.map(row, context));
        } catch (InvalidFieldsException e) {
            log.error("{}/{} is not watched: {}", row.getString(1), row.getString(2), e.getMessage());
            return false;
        }
    }
}
