package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads Flyway's table, whose names are lower case and quoted. */
final class FlywayHistory implements SchemaHistory {
    private final String table;
    private final Version expected;

    /** Checks the version; the table is checked already. */
    FlywayHistory(String table, String expectedVersion) {
        this.table = table;
        this.expected = Version.require("expectedVersion", expectedVersion);
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Progress read(Connection connection, Deadline deadline) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        String name = quote + table.replace(".", quote + "." + quote) + quote;
        String sql = "SELECT QversionQ, QtypeQ, QsuccessQ FROM ".replace("Q", quote)
                + name
                + " ORDER BY Qinstalled_rankQ".replace("Q", quote);
        SortedSet<Version> applied = new TreeSet<>();
        String failed = "";
        try (Statement statement = connection.createStatement()) {
            Jdbc.limit(statement, deadline);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String version = rows.getString(1);
                    if (!rows.getBoolean(3)) {
                        failed = version == null ? "a repeatable migration failed" : "migration " + version + " failed";
                    } else if (version != null) {
                        apply(applied, Version.parse(version), rows.getString(2));
                    }
                }
            }
        }
        return failed.isEmpty() ? compare(applied) : new Progress(Stage.FAILED, failed);
    }

    private static void apply(SortedSet<Version> applied, Version version, String type) {
        if (type.startsWith("UNDO") || type.equals("DELETE")) {
            applied.remove(version);
        } else {
            applied.add(version);
        }
    }

    private Progress compare(SortedSet<Version> applied) {
        if (applied.isEmpty()) {
            return new Progress(Stage.PENDING, "it has no version, expected " + expected);
        }
        Version highest = Collections.max(applied);
        return highest.compareTo(expected) >= 0
                ? Progress.UP_TO_DATE
                : new Progress(Stage.PENDING, "it has version " + highest + ", expected " + expected);
    }

    /** A version as Flyway writes and orders it: numbers with dots or underscores; 1.0 equals 1. */
    static final class Version implements Comparable<Version> {
        private static final int MAX_LENGTH = 50;
        private static final Pattern VERSION = Pattern.compile("[0-9]+([._][0-9]+)*");

        private final String text;
        private final List<BigInteger> parts;

        private Version(String text) {
            this.text = text;
            this.parts = Stream.of(text.split("[._]")).map(BigInteger::new).toList();
        }

        static Version require(String field, String text) {
            Require.text(field, text, MAX_LENGTH);
            if (!VERSION.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        field + " must be numbers with dots or underscores between them, was " + Require.shown(text));
            }
            return new Version(text);
        }

        /** Returns the version of a row; a version that Flyway does not write counts as the lowest. */
        static Version parse(String text) {
            return new Version(VERSION.matcher(text).matches() ? text : "0");
        }

        @Override
        public int compareTo(Version other) {
            for (int index = 0; index < Math.max(parts.size(), other.parts.size()); index++) {
                int order = part(index).compareTo(other.part(index));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        private BigInteger part(int index) {
            return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Version version && compareTo(version) == 0;
        }

        @Override
        public int hashCode() {
            return parts.get(0).hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
