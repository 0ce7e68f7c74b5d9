package dev.vitals.health.monitor.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of one store that must pass on every database; a test class for each database product says which one is opened. */
abstract class DatabaseContract {
    @TempDir
    Path directory;

    Database database;

    /** Opens the database of that directory: an empty one at first, later what was written before. */
    abstract Database open(Path directory);

    @BeforeEach
    void openDatabase() {
        database = open(directory);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    void reopen() {
        database.close();
        database = open(directory);
    }
}
