package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uses a real PostgreSQL: healthy, hanging, stopped and misconfigured. */
@Timeout(120)
class PostgresTest {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static HikariDataSource pool(EmbeddedPostgres server) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.getPostgresDatabase());
        config.setMaximumPoolSize(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static long backend(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void isOkAndNamed() {
        Outcome valid = DataSourceIndicator.of(postgres.getPostgresDatabase()).run();
        Expect.ok(valid);
        assertThat(valid.data().get("database").toString()).startsWith("PostgreSQL 17");
        Expect.ok(DataSourceIndicator.of(postgres.getPostgresDatabase())
                .query("SELECT 1")
                .run());
    }

    @Test
    void aBackendThatHangsIsAnErrorWithinTheTimeout() throws Exception {
        try (HikariDataSource pool = pool(postgres)) {
            long backend = backend(pool);
            DataSourceIndicator check = DataSourceIndicator.of(pool).timeout(Duration.ofSeconds(1));
            kill("STOP", backend);
            try {
                // Less than half a second old, so the pool returns it without a test.
                Outcome outcome = check.run();
                assertThat(outcome.code()).isEqualTo(Outcome.Code.ERROR);
            } finally {
                kill("CONT", backend);
            }
        }
    }

    @Test
    void aStoppedServerIsAnErrorWithItsSqlState() throws Exception {
        EmbeddedPostgres other = EmbeddedPostgres.builder().start();
        DataSourceIndicator check = DataSourceIndicator.of(other.getPostgresDatabase());
        Expect.ok(check.run());
        other.close();
        assertThat(check.run().message().orElseThrow())
                .startsWith("cannot connect: ")
                .endsWith("SQLState 08001");
    }

    @Test
    void aMissingDatabaseIsAnErrorWithItsSqlState() {
        Expect.error(
                DataSourceIndicator.of(postgres.getDatabase("postgres", "nobody"))
                        .run(),
                "cannot connect: PSQLException, SQLState 3D000");
    }

    @Test
    void aTableLockedByAMigrationIsAnErrorWithinTheTimeoutNotPending() throws SQLException {
        try (Connection migration = postgres.getPostgresDatabase().getConnection();
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("CREATE TABLE DATABASECHANGELOGLOCK (ID INT, LOCKED BOOLEAN)");
            migration.commit();
            statement.execute("LOCK TABLE DATABASECHANGELOGLOCK IN ACCESS EXCLUSIVE MODE");
            Expect.error(
                    SchemaIndicator.liquibase(postgres.getPostgresDatabase(), "create-orders")
                            .timeout(Duration.ofSeconds(1))
                            .warnWhilePending()
                            .run(),
                    "cannot read DATABASECHANGELOG: PSQLException, SQLState 57014");
        }
    }

    @Test
    void aSchemaIsUpToDateOnceItsMigrationHasRun() throws SQLException {
        SchemaIndicator check = SchemaIndicator.flyway(postgres.getPostgresDatabase(), "2");
        assertThat(check.run().message().orElseThrow()).startsWith("database is initializing");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version VARCHAR(50),"
                    + " description VARCHAR(200), type VARCHAR(20), script VARCHAR(1000), checksum INT,"
                    + " installed_by VARCHAR(100), installed_on TIMESTAMP DEFAULT now(), execution_time INT,"
                    + " success BOOLEAN NOT NULL)");
            statement.execute("INSERT INTO flyway_schema_history VALUES"
                    + " (1, '2', 'two', 'SQL', 'V2__two.sql', 1, 'test', now(), 5, true)");
        }
        Outcome outcome = check.run();
        assertThat(outcome.code()).isEqualTo(Outcome.Code.OK);
        assertThat(outcome.message()).contains("up-to-date");
    }
}
