package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class FlywayHistoryTest {
    private static final String TABLE = "\"flyway_schema_history\"";

    private final JdbcDataSource database = new JdbcDataSource();
    private Connection open;
    private int rank;

    @BeforeEach
    void open(TestInfo test) throws SQLException {
        database.setURL("jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName());
        open = database.getConnection(); // the database lives as long as this
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @Test
    void withoutTheTableTheDatabaseIsInitializing() {
        String message = "database is initializing: cannot read flyway_schema_history:"
                + " JdbcSQLSyntaxErrorException, SQLState 42S04";
        Expect.error(expecting("1").run(), message);
        Expect.warning(expecting("1").warnWhilePending().run(), message);
    }

    @Test
    void isInitializingUntilTheVersionIsApplied() throws SQLException {
        create(TABLE);
        Expect.error(expecting("2").run(), "database is initializing: it has no version, expected 2");
        applied("1", "SQL", true);
        Expect.error(expecting("2").run(), "database is initializing: it has version 1, expected 2");
        Expect.warning(
                expecting("2").warnWhilePending().run(), "database is initializing: it has version 1, expected 2");
        applied("2", "SQL", true);
        upToDate(expecting("2"));
    }

    @Test
    void aMigrationThatFailedIsAnErrorInAnyCase() throws SQLException {
        create(TABLE);
        applied("1", "SQL", true);
        applied("2", "JDBC", false);
        Expect.error(expecting("1").warnWhilePending().run(), "database is initializing: migration 2 failed");
        run("DELETE FROM " + TABLE + " WHERE \"success\" = FALSE"); // as its repair does
        upToDate(expecting("1"));
        applied(null, "SQL", false);
        Expect.error(expecting("1").run(), "database is initializing: a repeatable migration failed");
    }

    @Test
    void aNewerOrBaselinedDatabaseIsUpToDate() throws SQLException {
        create(TABLE);
        applied("10.1", "BASELINE", true);
        upToDate(expecting("9.9.9"));
        upToDate(expecting("10.1.0"));
        upToDate(expecting("10_1"));
        Expect.error(expecting("10.1.1").run(), "database is initializing: it has version 10.1, expected 10.1.1");
    }

    @Test
    void timestampsAreVersionsToo() throws SQLException {
        create(TABLE);
        applied("20261120143122", "SQL", true);
        upToDate(expecting("20261120143122"));
        Expect.error(
                expecting("20261120143123").run(),
                "database is initializing: it has version 20261120143122, expected 20261120143123");
    }

    @Test
    void undoneAndDeletedMigrationsDoNotCount() throws SQLException {
        create(TABLE);
        applied("1", "SQL", true);
        applied("2", "SQL", true);
        applied("2", "UNDO_SQL", true);
        Expect.error(expecting("2").run(), "database is initializing: it has version 1, expected 2");
        applied("2", "SQL", true);
        upToDate(expecting("2"));
        applied("2", "DELETE", true);
        Expect.error(expecting("2").run(), "database is initializing: it has version 1, expected 2");
    }

    @Test
    void rowsWithoutAVersionDoNotCount() throws SQLException {
        create(TABLE);
        applied(null, "SCHEMA", true);
        applied(null, "SQL", true);
        Expect.error(expecting("1").run(), "database is initializing: it has no version, expected 1");
    }

    @Test
    void theTableMayHaveAnotherNameAndSchema() throws SQLException {
        run("CREATE SCHEMA \"app\"");
        create("\"app\".\"history\"");
        run("INSERT INTO \"app\".\"history\" VALUES (1, '3', 'd', 'SQL', 's', 1, 'u', CURRENT_TIMESTAMP, 5, TRUE)");
        upToDate(SchemaIndicator.flyway(database, "3", "app.history"));
    }

    private SchemaIndicator expecting(String version) {
        return SchemaIndicator.flyway(database, version);
    }

    private static void upToDate(SchemaIndicator check) {
        Outcome outcome = check.run();
        assertThat(outcome.message()).contains("up-to-date");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
    }

    /** Creates the table as Flyway does in H2. */
    private void create(String table) throws SQLException {
        run("CREATE TABLE " + table + " (\"installed_rank\" INT NOT NULL, \"version\" VARCHAR(50),"
                + " \"description\" VARCHAR(200) NOT NULL, \"type\" VARCHAR(20) NOT NULL,"
                + " \"script\" VARCHAR(1000) NOT NULL, \"checksum\" INT, \"installed_by\" VARCHAR(100) NOT NULL,"
                + " \"installed_on\" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                + " \"execution_time\" INT NOT NULL, \"success\" BOOLEAN NOT NULL, PRIMARY KEY (\"installed_rank\"))");
    }

    private void applied(String version, String type, boolean success) throws SQLException {
        rank++;
        run("INSERT INTO " + TABLE + " VALUES (" + rank + ", " + (version == null ? "NULL" : "'" + version + "'")
                + ", 'description', '" + type + "', 'script', 1, 'user', CURRENT_TIMESTAMP, 5, " + success + ")");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }
}
