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

class LiquibaseHistoryTest {
    private final JdbcDataSource database = new JdbcDataSource();
    private Connection open;

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
    void withoutTheTablesTheDatabaseIsInitializing() throws SQLException {
        String message = "database is initializing: cannot read DATABASECHANGELOG:"
                + " JdbcSQLSyntaxErrorException, SQLState 42S04";
        Expect.error(expecting("create-orders").run(), message);
        createLock(); // Liquibase makes it first
        locked(true);
        Expect.error(
                expecting("create-orders").run(),
                "database is initializing: cannot read DATABASECHANGELOG:"
                        + " JdbcSQLSyntaxErrorException, SQLState 42S02");
    }

    @Test
    void itIsInitializingUntilTheChangeSetHasRunAndTheLockIsGivenBack() throws SQLException {
        createLock();
        createLog();
        locked(true);
        ran("create-users", "EXECUTED");
        Expect.error(
                expecting("create-orders").run(),
                "database is initializing: change set 'create-orders' did not run yet, the lock is held");
        ran("create-orders", "EXECUTED");
        Expect.warning(expecting("create-orders").run(), "database is initializing: the lock is held");
        locked(false);
        upToDate(expecting("create-orders"));
        upToDate(expecting("create-users"));
    }

    @Test
    void aChangeSetThatWasSkippedOrFailedDidNotRun() throws SQLException {
        createLock();
        createLog();
        ran("a", "SKIPPED");
        ran("b", "FAILED");
        Expect.error(expecting("a").run(), "database is initializing: change set 'a' did not run");
        Expect.warning(expecting("b").warnWhilePending().run(), "database is initializing: change set 'b' did not run");
    }

    @Test
    void aChangeSetThatWasMarkedAsRunOrRunAgainCounts() throws SQLException {
        createLock();
        createLog();
        ran("a", "MARK_RAN");
        ran("b", "RERAN");
        upToDate(expecting("a"));
        upToDate(expecting("b"));
    }

    @Test
    void anIdIsNoPartOfTheStatement() throws SQLException {
        createLock();
        createLog();
        ran("a", "EXECUTED");
        Expect.error(
                expecting("x' OR 'a'='a").run(), "database is initializing: change set 'x' OR 'a'='a' did not run");
    }

    private SchemaIndicator expecting(String id) {
        return SchemaIndicator.liquibase(database, id);
    }

    private static void upToDate(SchemaIndicator check) {
        Outcome outcome = check.run();
        assertThat(outcome.message()).contains("up-to-date");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
    }

    /** Creates the tables as Liquibase does in H2. */
    private void createLock() throws SQLException {
        run("CREATE TABLE PUBLIC.DATABASECHANGELOGLOCK (ID INT NOT NULL, LOCKED BOOLEAN NOT NULL,"
                + " LOCKGRANTED TIMESTAMP, LOCKEDBY VARCHAR(255),"
                + " CONSTRAINT PK_DATABASECHANGELOGLOCK PRIMARY KEY (ID))");
        run("INSERT INTO PUBLIC.DATABASECHANGELOGLOCK (ID, LOCKED) VALUES (1, FALSE)");
    }

    private void createLog() throws SQLException {
        run("CREATE TABLE PUBLIC.DATABASECHANGELOG (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL,"
                + " FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP NOT NULL, ORDEREXECUTED INT NOT NULL,"
                + " EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255),"
                + " COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255),"
                + " LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10))");
    }

    private void locked(boolean locked) throws SQLException {
        run("UPDATE PUBLIC.DATABASECHANGELOGLOCK SET LOCKED = " + locked
                + ", LOCKGRANTED = CURRENT_TIMESTAMP, LOCKEDBY = 'host (10.0.0.1)' WHERE ID = 1");
    }

    private void ran(String id, String type) throws SQLException {
        run("INSERT INTO PUBLIC.DATABASECHANGELOG (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE)"
                + " VALUES ('" + id + "', 'author', 'changelog.xml', CURRENT_TIMESTAMP, 1, '" + type + "')");
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }
}
