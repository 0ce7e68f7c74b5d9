package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.TargetId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stores on SQLite, and what is special about it. */
class SqliteStoreTest {
    private static Database sqlite(Path directory) {
        return Database.sqlite(directory.resolve("monitor.db"));
    }

    @Nested
    class Targets extends TargetStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class HostChecks extends HostCheckStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class History extends HistoryStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Secrets extends SecretStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Audit extends AuditStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Access extends AccessStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Gates extends GateStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Deployments extends DeploymentStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Rules extends RuleStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class Suppressions extends SuppressionStoreContract {
        @Override
        Database open(Path directory) {
            return sqlite(directory);
        }
    }

    @Nested
    class File {
        @TempDir
        Path directory;

        private String url() {
            return "jdbc:sqlite:" + directory.resolve("monitor.db");
        }

        @Test
        void canBeReadBesideItsWriter() throws SQLException {
            try (Database writer = sqlite(directory);
                    Connection reader = DriverManager.getConnection(url());
                    Statement statement = reader.createStatement();
                    ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
                writer.ping();
                assertThat(mode.getString(1)).isEqualTo("wal");
            }
        }

        @Test
        void openedForReadingItRefusesToWrite() {
            try (Database writer = sqlite(directory);
                    Database reader = Database.readSqlite(directory.resolve("monitor.db"))) {
                new AuditStore(writer).add(List.of(TestDatabase.ENTRY));
                assertThat(new AuditStore(reader).entries(AuditFilter.newest(1)))
                        .hasSize(1);
                assertThatThrownBy(() -> new AuditStore(reader).add(List.of(TestDatabase.ENTRY)))
                        .isInstanceOf(RuntimeException.class);
                assertThat(new AuditStore(writer).entries(AuditFilter.newest(9)))
                        .hasSize(1);
            }
        }

        private void migrateTo(String version) {
            Flyway.configure()
                    .dataSource(url(), null, null)
                    .locations("classpath:db/migration/sqlite")
                    .target(version)
                    .load()
                    .migrate();
        }

        private void execute(String sql) throws SQLException {
            try (Connection old = DriverManager.getConnection(url());
                    Statement statement = old.createStatement()) {
                statement.executeUpdate(sql);
            }
        }

        @Test
        void theTokenOfAVersionWithoutRolesStaysValid() throws SQLException {
            migrateTo("9?");
            execute("INSERT INTO token (name, hash) VALUES ('registrar', x'00ff10')");
            try (Database migrated = sqlite(directory)) {
                assertThat(new AccessStore(migrated).tokens()).singleElement().satisfies(token -> {
                    assertThat(token.name()).isEqualTo("registrar");
                    assertThat(token.role()).isEqualTo("REGISTRAR");
                    assertThat(token.hash()).isEqualTo("00ff10");
                    assertThat(token.created().getEpochSecond()).isGreaterThan(1_700_000_000L);
                    assertThat(token.revoked()).isNull();
                });
            }
        }

        @Test
        void aTargetOfTheFirstVersionIsLoaded() throws SQLException {
            migrateTo("1");
            execute("INSERT INTO target VALUES ('orders', 'm1', 'http://h', '/_health', 30000, 5000, 3, 2, '[]', '{}',"
                    + " 90000, 1700000000000, NULL)");
            try (Database migrated = sqlite(directory)) {
                assertThat(new TargetStore(migrated, SecretStore.Opener.NONE, Registration.READER)
                                .load()
                                .rows())
                        .singleElement()
                        .satisfies(watched -> {
                            assertThat(watched.id()).isEqualTo(new TargetId("orders", "m1"));
                            assertThat(watched.target().probe().fields())
                                    .containsAllEntriesOf(Map.of("url", "http://h"));
                            assertThat(watched.target().registeredAt())
                                    .isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
                        });
            }
        }
    }
}
