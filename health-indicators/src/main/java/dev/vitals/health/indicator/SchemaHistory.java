package dev.vitals.health.indicator;

import java.sql.Connection;
import java.sql.SQLException;

/** The tables in which a migration tool records its migrations. */
interface SchemaHistory {
    /** Returns the table that the tool creates first. */
    String table();

    Progress read(Connection connection, Deadline deadline) throws SQLException;

    /** How far the migrations are, and the reason if they are not complete. */
    record Progress(Stage stage, String reason) {
        static final Progress UP_TO_DATE = new Progress(Stage.UP_TO_DATE, "");
    }

    /** How far the migrations are. */
    enum Stage {
        UP_TO_DATE,
        /** The expected migration is there, and another one is in progress. */
        BUSY,
        PENDING,
        FAILED
    }
}
