package dev.vitals.health.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Queries with parameters by position; each on a connection of its own. */
final class Queries {
    private final DataSource dataSource;

    Queries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Does something with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> List<T> list(String sql, Mapper<T> mapper, Object... parameters) {
        List<T> rows = new ArrayList<>();
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                read(statement, mapper, rows::add, parameters);
            }
            return rows;
        });
        return rows;
    }

    /** Hands over row by row. */
    <T> void each(String sql, Mapper<T> mapper, Consumer<T> reader, Object... parameters) {
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                read(statement, mapper, reader, parameters);
            }
            return true;
        });
    }

    /** Runs the same query for each of the values. */
    <T> void eachOf(String sql, Collection<Long> values, Mapper<T> mapper, Consumer<T> reader) {
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Long value : values) {
                    read(statement, mapper, reader, value);
                }
            }
            return true;
        });
    }

    private static <T> void read(
            PreparedStatement statement, Mapper<T> mapper, Consumer<T> reader, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.accept(mapper.map(rows));
            }
        }
    }

    /** Commits what the work has done, or nothing of it. */
    <T> T inTransaction(Work<T> work) {
        return with(connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    <T> T with(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw Statements.failed(e);
        }
    }
}
