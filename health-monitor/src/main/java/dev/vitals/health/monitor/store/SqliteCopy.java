package dev.vitals.health.monitor.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies SQLite databases, of running monitors too, and checks copies. */
public final class SqliteCopy {
    private static final int MODE_AT = 18;
    private static final int WAL_MODE = 2;
    private static final int WAIT_MILLIS = 10_000;

    private SqliteCopy() {}

    /**
     * Writes a copy of the database as it is at one moment. Another process may write meanwhile, and waits for nothing.
     *
     * @param copy must not exist
     * @throws IOException if the database cannot be read, or the copy not be written
     */
    public static void copy(Path database, Path copy) throws IOException {
        try (Connection connection = open(database);
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, copy.toAbsolutePath().toString());
            statement.execute();
        } catch (SQLException e) {
            throw new IOException("the database " + database + " cannot be copied: " + e.getMessage(), e);
        }
    }

    /**
     * Checks every page and index of a database that nobody uses, after it has taken in what is in its {@code -wal} file.
     *
     * @throws IOException if it is damaged; the message has the first finding
     */
    public static void check(Path database) throws IOException {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String finding = row.next() ? row.getString(1) : "no answer";
                if (!"ok".equals(finding)) {
                    throw new IOException("the database " + database + " is damaged: " + finding);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE type = 'table'")) {
                if (!row.next() || row.getInt(1) == 0) {
                    throw new IOException("the database " + database + " is empty");
                }
            }
        } catch (SQLException e) {
            throw new IOException("the database " + database + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Connection open(Path database) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.toAbsolutePath());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + WAIT_MILLIS);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /**
     * Returns whether the database writes into a {@code -wal} file first, and that file is not beside it: it may lack the
     * latest writes. A copy by {@link #copy} needs none.
     */
    public static boolean mayLackWrites(Path database) throws IOException {
        try (InputStream in = Files.newInputStream(database)) {
            byte[] begin = in.readNBytes(MODE_AT + 1);
            boolean wal = begin.length > MODE_AT && begin[MODE_AT] == WAL_MODE;
            return wal && !Files.exists(database.resolveSibling(database.getFileName() + "-wal"));
        }
    }
}
