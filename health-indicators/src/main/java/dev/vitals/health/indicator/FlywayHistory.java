package dev.vitals.health.indicator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Flyway's table, whose names are lower case and quoted. */
final class FlywayHistory implements SchemaHistory {
    private final String table;
    private final SchemaVersion expected;

    FlywayHistory(String table, SchemaVersion expected) {
        this.table = table;
        this.expected = expected;
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Progress read(Statement statement) throws SQLException {
        String quote = statement
                .getConnection()
                .getMetaData()
                .getIdentifierQuoteString()
                .strip();
        String name = quote + table.replace(".", quote + "." + quote) + quote;
        String sql = "SELECT QversionQ, QtypeQ, QsuccessQ FROM ".replace("Q", quote)
                + name
                + " ORDER BY Qinstalled_rankQ".replace("Q", quote);
        SortedSet<SchemaVersion> applied = new TreeSet<>();
        String failed = "";
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String version = rows.getString(1);
                if (!rows.getBoolean(3)) {
                    failed = version == null ? "a repeatable migration failed" : "migration " + version + " failed";
                } else if (version != null) {
                    apply(applied, SchemaVersion.parse(version), rows.getString(2));
                }
            }
        }
        return failed.isEmpty() ? compare(applied) : new Progress(Stage.FAILED, failed);
    }

    private static void apply(SortedSet<SchemaVersion> applied, SchemaVersion version, String type) {
        if (type.startsWith("UNDO") || type.equals("DELETE")) {
            applied.remove(version);
        } else {
            applied.add(version);
        }
    }

    private Progress compare(SortedSet<SchemaVersion> applied) {
        if (applied.isEmpty()) {
            return new Progress(Stage.PENDING, "it has no version, expected " + expected);
        }
        SchemaVersion highest = Collections.max(applied);
        return highest.compareTo(expected) >= 0
                ? Progress.UP_TO_DATE
                : new Progress(Stage.PENDING, "it has version " + highest + ", expected " + expected);
    }
}
