package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSourceIndicatorTest {
    private static final String URL = "jdbc:h2:mem:";

    @Test
    void aDatabaseThatAnswersIsOkAndNamed() throws Exception {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        Outcome outcome = DataSourceIndicator.of(dataSource).run();
        Expect.ok(outcome);
        assertThat(outcome.data().get("database")).asString().startsWith("H2 2.");
        assertThat(dataSource.last().isClosed()).isTrue();
    }

    @Test
    void theNameOfTheDatabaseIsReadOnce() throws Exception {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        DataSourceIndicator check = DataSourceIndicator.of(dataSource);
        check.run();
        Outcome second = check.run();
        assertThat(second.data()).containsKey("database");
        assertThat(dataSource.called("getMetaData")).isEqualTo(1);
    }

    @Test
    void runsAQueryInsteadOfIsValid() throws Exception {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        Expect.ok(DataSourceIndicator.of(dataSource).query("SELECT 1").run());
        assertThat(dataSource.called("isValid")).isZero();
        assertThat(dataSource.last().isClosed()).isTrue();
    }

    @Test
    void aQueryThatFailsIsAnErrorWithoutTheTextOfTheDriver() throws Exception {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        Outcome outcome =
                DataSourceIndicator.of(dataSource).query("SELECT secret").run();
        Expect.error(outcome, "query failed: JdbcSQLSyntaxErrorException, SQLState 42S22");
        assertThat(dataSource.last().isClosed()).isTrue();
    }

    @Test
    void anInvalidConnectionIsAnErrorAndReturned() throws Exception {
        StubDataSource dataSource =
                new StubDataSource(() -> DriverManager.getConnection(URL)).answering("isValid", false);
        Expect.error(DataSourceIndicator.of(dataSource).run(), "connection is not valid, or did not answer within 2 s");
        assertThat(dataSource.last().isClosed()).isTrue();
    }

    @Test
    void aDataSourceThatThrowsIsAnErrorWithoutTheTextOfTheDriver() {
        StubDataSource dataSource = new StubDataSource(() -> {
            throw new SQLException("jdbc:x://user:secret@host is down", "08001");
        });
        Expect.error(DataSourceIndicator.of(dataSource).run(), "cannot connect: SQLException, SQLState 08001");
    }

    @Test
    void anInvalidSqlStateIsNotShown() {
        StubDataSource dataSource = new StubDataSource(() -> {
            throw new SQLException("down", "secret text");
        });
        Expect.error(DataSourceIndicator.of(dataSource).run(), "cannot connect: SQLException");
    }

    @Test
    void aTimeoutOfAPoolIsAWarning() {
        StubDataSource dataSource = new StubDataSource(() -> {
            throw new SQLTimeoutException("busy");
        });
        Expect.warning(
                DataSourceIndicator.of(dataSource).run(),
                "no connection available, pool exhausted or slow: SQLTimeoutException");
    }

    @Test
    void aBusyPoolIsAWarningUntilAConnectionIsFree() throws Exception {
        try (HikariDataSource pool = pool(URL)) {
            DataSourceIndicator check = DataSourceIndicator.of(pool);
            // The first connection may be slow on a busy machine; only the wait for the second must end soon.
            pool.getHikariConfigMXBean().setConnectionTimeout(60_000);
            try (Connection taken = pool.getConnection()) {
                pool.getHikariConfigMXBean().setConnectionTimeout(250);
                Expect.warning(
                        check.run(),
                        "no connection available, pool exhausted or slow: SQLTransientConnectionException");
                assertThat(taken.isClosed()).isFalse();
            }
            Expect.ok(check.run());
            Expect.ok(check.run());
        }
    }

    @Test
    void aPoolThatCannotConnectIsAnError() {
        StubDataSource dataSource = new StubDataSource(() -> {
            throw new SQLException("refused", "08001");
        });
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        try (HikariDataSource pool = pool(config)) {
            Expect.error(
                    DataSourceIndicator.of(pool).run(),
                    "cannot connect: SQLTransientConnectionException, SQLState 08001");
        }
    }

    @Test
    void aTimeoutAfterAFailureIsAnErrorUntilThereIsAConnectionAgain() {
        SQLException busy = new SQLTransientConnectionException("no connection");
        SQLException down = new SQLTransientConnectionException("no connection", new SQLException("refused"));
        Iterator<Optional<SQLException>> script = List.of(
                        Optional.of(down), Optional.of(busy), Optional.<SQLException>empty(), Optional.of(busy))
                .iterator();
        DataSourceIndicator check = DataSourceIndicator.of(new StubDataSource(() -> {
            Optional<SQLException> failure = script.next();
            if (failure.isPresent()) {
                throw failure.get();
            }
            return DriverManager.getConnection(URL);
        }));
        Expect.error(check.run(), "cannot connect: SQLTransientConnectionException");
        Expect.error(check.run(), "cannot connect: SQLTransientConnectionException");
        Expect.ok(check.run());
        Expect.warning(check.run(), "no connection available, pool exhausted or slow: SQLTransientConnectionException");
    }

    @Test
    void theDriverGetsTheTimeoutInSecondsRoundedUp() {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        DataSourceIndicator.of(dataSource).timeout(Duration.ofMillis(1)).run();
        assertThat(dataSource.argumentOf("isValid")).isEqualTo(1);
        DataSourceIndicator.of(dataSource).timeout(Duration.ofMillis(59_500)).run();
        assertThat(dataSource.argumentOf("isValid")).isEqualTo(60);
    }

    @Test
    void isADatastoreThatCanBeRegisteredInOneLine() {
        StubDataSource dataSource = new StubDataSource(() -> DriverManager.getConnection(URL));
        try (Health health = Health.builder()
                .check("database", DataSourceIndicator.of(dataSource))
                .start()) {
            assertThat(health).isNotNull();
        }
        assertThat(DataSourceIndicator.of(dataSource).componentType()).contains("datastore");
    }

    @Test
    void refusesOptionsThatAreOutOfRange() {
        DataSourceIndicator check = DataSourceIndicator.of(new StubDataSource(() -> DriverManager.getConnection(URL)));
        assertThatNullPointerException()
                .isThrownBy(() -> DataSourceIndicator.of(null))
                .withMessage("dataSource");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.query(" "))
                .withMessage("query must have 1 to 10000 characters, was ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        return pool(config);
    }

    private static HikariDataSource pool(HikariConfig config) {
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
