package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Uses the tables that Flyway and Liquibase themselves create. */
class MigrationToolsTest {
    private static final String ORDERS = "--changeset test:create-orders\nCREATE TABLE orders (id INT);\n";
    private static final String USERS = "--changeset test:create-users\nCREATE TABLE users (id INT);\n";

    @TempDir
    Path folder;

    private final JdbcDataSource database = new JdbcDataSource();
    private Connection open;

    @BeforeEach
    void open(TestInfo test) throws SQLException {
        database.setURL(
                "jdbc:h2:mem:tools-" + test.getTestMethod().orElseThrow().getName());
        open = database.getConnection(); // the database lives as long as this
    }

    @AfterEach
    void close() throws SQLException {
        open.close();
    }

    @Test
    void flywayIsPendingUntilItHasRun() throws IOException {
        SchemaIndicator check = SchemaIndicator.flyway(database, "2");
        Files.writeString(folder.resolve("V1__orders.sql"), "CREATE TABLE orders (id INT);");
        Expect.error(
                check.run(),
                "database is initializing: cannot read flyway_schema_history:"
                        + " JdbcSQLSyntaxErrorException, SQLState 42S04");
        flyway().migrate();
        Expect.error(check.run(), "database is initializing: it has version 1, expected 2");
        Files.writeString(folder.resolve("V2__users.sql"), "CREATE TABLE users (id INT);");
        flyway().migrate();
        upToDate(check);
    }

    @Test
    void flywaysBaselineCounts() {
        Flyway.configure().dataSource(database).baselineVersion("2").load().baseline();
        upToDate(SchemaIndicator.flyway(database, "2"));
    }

    @Test
    void liquibaseIsPendingUntilItHasRun() throws Exception {
        SchemaIndicator check = SchemaIndicator.liquibase(database, "create-users");
        Expect.error(
                check.run(),
                "database is initializing: cannot read DATABASECHANGELOG:"
                        + " JdbcSQLSyntaxErrorException, SQLState 42S04");
        update(ORDERS);
        Expect.error(check.run(), "database is initializing: change set 'create-users' did not run");
        update(ORDERS + USERS);
        upToDate(check);
    }

    @Test
    void whileLiquibaseHoldsItsLockTheDatabaseIsInitializing() throws Exception {
        SchemaIndicator check = SchemaIndicator.liquibase(database, "create-users");
        update(ORDERS);
        Database held = DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(database.getConnection()));
        LockService lock = LockServiceFactory.getInstance().getLockService(held);
        assertThat(lock.acquireLock()).isTrue();
        Expect.error(
                check.run(), "database is initializing: change set 'create-users' did not run yet, the lock is held");
        Expect.warning(
                SchemaIndicator.liquibase(database, "create-orders").run(),
                "database is initializing: the lock is held");
        lock.releaseLock();
        held.close();
        update(ORDERS + USERS);
        upToDate(check);
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database)
                .locations("filesystem:" + folder)
                .load();
    }

    @SuppressWarnings("try") // close() declares a broader exception than it throws
    private void update(String changeSets) throws Exception {
        Files.writeString(folder.resolve("changes.sql"), "--liquibase formatted sql\n" + changeSets);
        try (DirectoryResourceAccessor files = new DirectoryResourceAccessor(folder);
                Liquibase liquibase =
                        new Liquibase("changes.sql", files, new JdbcConnection(database.getConnection()))) {
            liquibase.update("");
        }
    }

    private static void upToDate(SchemaIndicator check) {
        Outcome outcome = check.run();
        assertThat(outcome.message()).contains("up-to-date");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
    }
}
