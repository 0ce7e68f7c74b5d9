package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariConfig;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The differences between database products. All other SQL in this package is understood by SQLite and PostgreSQL alike. */
interface Dialect {
    /** Returns the settings of a pool for reading and writing. */
    HikariConfig writing();

    /** Returns the settings of a pool that can only read, also while another process writes. */
    HikariConfig reading();

    /** Prepares a database for the migrations. Harmless when called again. */
    void prepare(DataSource pool);

    /** Returns the folder of the migrations on the class path. */
    String migrations();

    /** Returns whether a failure shows that the file of the database is damaged. */
    boolean isDamage(RuntimeException failure);

    /** Moves committed rows from a log into the main file, if the product has one, without waiting for anybody. */
    void fold(Handle handle);

    /**
     * Gives unused space back to the file system, but keeps a reserve for new rows.
     *
     * @param pages the most pages to give back in this call
     * @return whether there is more to give back
     */
    boolean shrink(Handle handle, int pages);
}
