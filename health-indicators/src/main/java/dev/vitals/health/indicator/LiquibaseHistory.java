package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
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
    public Progress read(Statement statement) throws SQLException {
        boolean locked = locked(statement);
        if (!ran(statement)) {
            String missing = "change set " + Require.shown(expectedId) + " did not run";
            return new Progress(Stage.PENDING, missing + (locked ? " yet, the lock is held" : ""));
        }
        return locked ? new Progress(Stage.BUSY, "the lock is held") : Progress.UP_TO_DATE;
    }

    private boolean locked(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT LOCKED FROM " + table + "LOCK")) {
            while (rows.next()) {
                if (rows.getBoolean(1)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Returns whether a change set of that id has run; several files may use the same id, and one of them is enough. */
    private boolean ran(Statement statement) throws SQLException {
        String sql = "SELECT EXECTYPE FROM " + table + " WHERE ID = ?";
        try (PreparedStatement query = statement.getConnection().prepareStatement(sql)) {
            query.setQueryTimeout(statement.getQueryTimeout());
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
