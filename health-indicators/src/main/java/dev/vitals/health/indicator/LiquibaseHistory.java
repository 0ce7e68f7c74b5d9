package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads Liquibase's tables, whose names are not quoted. */
final class LiquibaseHistory implements SchemaHistory {
    private final String table;
    private final String expectedId;

    LiquibaseHistory(String table, String expectedId) {
        this.table = table;
        this.expectedId = expectedId;
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Progress read(Connection connection, Deadline deadline) throws SQLException {
        boolean locked = locked(connection, deadline);
        if (!ran(connection, deadline)) {
            String missing = "change set " + Require.shown(expectedId) + " did not run";
            return new Progress(Stage.PENDING, missing + (locked ? " yet, the lock is held" : ""));
        }
        return locked ? new Progress(Stage.BUSY, "the lock is held") : Progress.UP_TO_DATE;
    }

    private boolean locked(Connection connection, Deadline deadline) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Jdbc.limit(statement, deadline);
            try (ResultSet rows = statement.executeQuery("SELECT LOCKED FROM " + table + "LOCK")) {
                while (rows.next()) {
                    if (rows.getBoolean(1)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }

    /** Returns whether a change set of that id has run; several files may use the same id, and one of them is enough. */
    private boolean ran(Connection connection, Deadline deadline) throws SQLException {
        String sql = "SELECT EXECTYPE FROM " + table + " WHERE ID = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            Jdbc.limit(query, deadline);
            query.setString(1, expectedId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String type = rows.getString(1);
                    if (!type.equals("FAILED") && !type.equals("SKIPPED")) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}
