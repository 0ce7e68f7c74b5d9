package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses a connection that belongs to others, usually to a pool: it goes back as it came, and whatever a driver may lack is
 * not needed.
 */
final class Jdbc {
    private static final Logger log = LoggerFactory.getLogger(Jdbc.class);

    private Jdbc() {}

    /** Asks the database something. */
    @FunctionalInterface
    interface Question {
        Outcome ask(Connection connection) throws SQLException;
    }

    /** Asks, ends the transaction that this began, and closes the connection. */
    static Outcome use(Connection connection, Question question) throws SQLException {
        try (connection) {
            Outcome outcome;
            try {
                outcome = question.ask(connection);
            } catch (SQLException | RuntimeException | Error e) {
                try {
                    endTransaction(connection);
                } catch (SQLException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
            endTransaction(connection);
            return outcome;
        }
    }

    /** Rolls back, since without auto-commit even a SELECT begins a transaction, which a pool need not end. */
    private static void endTransaction(Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            requireUnsupported("Connection.rollback", e);
        }
    }

    /** Limits the statement to what is left, in whole seconds, if the driver can do that. */
    static void limit(Statement statement, Deadline deadline) {
        try {
            statement.setQueryTimeout(deadline.remainingSeconds());
        } catch (SQLException | UnsupportedOperationException | AbstractMethodError e) {
            // Some drivers refuse with a plain SQLException. If the connection is broken, the statement fails as well.
            log.debug("the driver has no Statement.setQueryTimeout: the statement has no time limit", e);
        }
    }

    /** Returns if the driver lacks a method; else throws that failure again. */
    private static void requireUnsupported(String method, Throwable failure) throws SQLException {
        if (isUnsupported(failure)) {
            log.debug("the driver has no {}", method, failure);
        } else if (failure instanceof SQLException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    /** Returns whether the driver lacks the method that threw this. */
    static boolean isUnsupported(Throwable failure) {
        return failure instanceof SQLFeatureNotSupportedException
                || failure instanceof UnsupportedOperationException
                || failure instanceof AbstractMethodError // a driver that is older than the method
                || (failure instanceof SQLException e
                        && e.getSQLState() != null
                        && e.getSQLState().startsWith("0A"));
    }
}
