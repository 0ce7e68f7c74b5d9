package dev.vitals.health.indicator;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes a JDBC failure without the driver's text, which may contain an address or a password and goes to the log. */
final class SqlFailure {
    private static final Logger log = LoggerFactory.getLogger(SqlFailure.class);
    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Za-z]{5}");

    private SqlFailure() {}

    static String describe(String what, SQLException failure) {
        log.debug("{}", what, failure);
        String state = failure.getSQLState();
        boolean known = state != null && SQL_STATE.matcher(state).matches();
        return what + ": " + failure.getClass().getSimpleName() + (known ? ", SQLState " + state : "");
    }

    /** Returns whether a statement failed because of a name in it, such as a table that does not exist. */
    static boolean isUnknownName(SQLException failure) {
        String state = failure.getSQLState();
        // SQLite gives no state at all; a transient failure, such as a timeout, has other causes.
        return state == null ? !(failure instanceof SQLTransientException) : state.startsWith("42");
    }
}
