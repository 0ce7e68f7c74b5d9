package dev.vitals.health.indicator;

import java.sql.SQLException;
import java.sql.Statement;

/** The tables in which a migration tool keeps what it did. */
interface SchemaHistory {
    /** Returns the table that is there once the tool has begun. */
    String table();

    Progress read(Statement statement) throws SQLException;

    /** How far the migrations have come, and why it is not further. */
    record Progress(Stage stage, String reason) {
        static final Progress UP_TO_DATE = new Progress(Stage.UP_TO_DATE, "");
    }

    /** What that means. */
    enum Stage {
        UP_TO_DATE,
        /** Something is under way, and what is expected is there. */
        BUSY,
        PENDING,
        FAILED
    }
}
