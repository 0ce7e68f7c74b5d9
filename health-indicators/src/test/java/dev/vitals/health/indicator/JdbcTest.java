package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Uses a database whose connections have no auto-commit, and drivers that lack what JDBC says they have. */
class JdbcTest {
    private static final List<Throwable> LACKING = List.of(
            new SQLFeatureNotSupportedException("setQueryTimeout"),
            new UnsupportedOperationException("not implemented"),
            new AbstractMethodError("older than the method"),
            new SQLException("not supported", "0A000"));

    private String url;
    private Connection other;

    @BeforeEach
    void makeTables(TestInfo test) throws SQLException {
        url = "jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName();
        other = DriverManager.getConnection(url);
        try (Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE t (n INT)");
            statement.execute("INSERT INTO t VALUES (1)");
            statement.execute("CREATE TABLE DATABASECHANGELOGLOCK (LOCKED BOOLEAN)");
            statement.execute("CREATE TABLE DATABASECHANGELOG (ID VARCHAR(9), EXECTYPE VARCHAR(9))");
            statement.execute("INSERT INTO DATABASECHANGELOG VALUES ('one', 'EXECUTED')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
    }

    @Test
    void whatAQueryBeganIsRolledBackBeforeTheConnectionGoesBack() throws SQLException {
        StubDataSource pool = withoutAutoCommit().answering("close", "kept");
        Expect.ok(DataSourceIndicator.of(pool).query("UPDATE t SET n = 2").run());
        try (Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        try (Statement statement = other.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE t SET n = 3")).isEqualTo(1); // it is not locked
        }
    }

    @Test
    void everyRunRollsBackWithoutAutoCommitAndSetsNothingOnTheConnection() {
        StubDataSource pool = withoutAutoCommit();
        Expect.ok(DataSourceIndicator.of(pool).run());
        Expect.ok(DataSourceIndicator.of(pool).query("SELECT n FROM t").run());
        Expect.error(
                DataSourceIndicator.of(pool).query("SELECT nothing").run(),
                "query failed: JdbcSQLSyntaxErrorException, SQLState 42S22");
        upToDate(SchemaIndicator.liquibase(pool, "one").run());
        assertThat(SchemaIndicator.flyway(pool, "1").run().code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(pool.called("rollback")).isEqualTo(5);
        assertThat(pool.calls()).noneMatch(call -> call.startsWith("set")).doesNotContain("commit", "abort");
    }

    @Test
    void withAutoCommitNothingIsRolledBack() {
        StubDataSource pool = new StubDataSource(() -> DriverManager.getConnection(url));
        Expect.ok(DataSourceIndicator.of(pool).query("SELECT n FROM t").run());
        assertThat(pool.called("rollback")).isZero();
    }

    @Test
    void aRollbackThatFailsIsAnErrorAndTheConnectionIsClosed() throws SQLException {
        StubDataSource pool = withoutAutoCommit().answering("rollback", new SQLException("lost", "08006"));
        Expect.error(
                DataSourceIndicator.of(pool).query("SELECT n FROM t").run(),
                "query failed: SQLException, SQLState 08006");
        assertThat(pool.last().isClosed()).isTrue();
    }

    @Test
    void aDriverWithoutQueryTimeoutsIsOk() {
        for (Throwable lacking : LACKING) {
            StubDataSource driver = new StubDataSource(() -> DriverManager.getConnection(url))
                    .answering("createStatement", statement("SELECT LOCKED FROM DATABASECHANGELOGLOCK", lacking))
                    .answering("prepareStatement", statement("SELECT EXECTYPE FROM DATABASECHANGELOG", lacking));
            upToDate(SchemaIndicator.liquibase(driver, "one").run());
            Expect.ok(DataSourceIndicator.of(driver.answering("createStatement", statement("SELECT n FROM t", lacking)))
                    .query("SELECT n FROM t")
                    .run());
        }
    }

    @Test
    void aDriverWithoutTransactionsOrNamesIsOk() {
        for (Throwable lacking : LACKING) {
            StubDataSource driver = new StubDataSource(() -> DriverManager.getConnection(url))
                    .answering("getAutoCommit", lacking)
                    .answering("getMetaData", lacking);
            Outcome outcome = DataSourceIndicator.of(driver).run();
            Expect.ok(outcome);
            assertThat(outcome.data()).isEmpty();
        }
    }

    @Test
    void aDriverWithoutIsValidIsToldToUseAQuery() throws SQLException {
        for (Throwable lacking : LACKING) {
            StubDataSource driver =
                    new StubDataSource(() -> DriverManager.getConnection(url)).answering("isValid", lacking);
            Expect.error(
                    DataSourceIndicator.of(driver).run(),
                    "this driver has no Connection.isValid: use query(...) with a statement such as SELECT 1");
            assertThat(driver.last().isClosed()).isTrue();
        }
    }

    private StubDataSource withoutAutoCommit() {
        return new StubDataSource(() -> {
            Connection connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
            return connection;
        });
    }

    private static void upToDate(Outcome outcome) {
        assertThat(outcome.message()).contains("up-to-date");
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
    }

    /** Returns a statement that has no time limit and is not closed. */
    private PreparedStatement statement(String sql, Throwable noTimeout) {
        try {
            PreparedStatement real = other.prepareStatement(sql);
            return (PreparedStatement) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, args) -> {
                        switch (method.getName()) {
                            case "setQueryTimeout" -> throw noTimeout;
                            case "setString", "close" -> {
                                return null;
                            }
                            case "execute", "executeQuery" -> {
                                return method.getReturnType() == boolean.class ? real.execute() : real.executeQuery();
                            }
                            default -> {
                                try {
                                    return method.invoke(real, args);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }
                        }
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
