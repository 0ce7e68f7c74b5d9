package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Opens a SQLite file: readers beside one writer (WAL), every commit on the disk before it returns. */
final class Sqlite {
    // One for the writer, the rest for requests, which read beside it.
    private static final int CONNECTIONS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private Sqlite() {}

    static Store open(Path file, SecretValues secrets) {
        HikariDataSource dataSource = new HikariDataSource(config(file));
        try {
            migrate(dataSource);
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
        return new SqlStore(dataSource, secrets);
    }

    static Store openForReading(Path file, SecretValues secrets) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
        // One for the rows, one for the secrets that they name.
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        config.addDataSourceProperty("query_only", "true");
        return new SqlStore(new HikariDataSource(config), secrets);
    }

    private static HikariConfig config(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        config.addDataSourceProperty("foreign_keys", "true");
        // A transaction that reads first and writes later could be refused in the middle.
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        return config;
    }

    private static void migrate(HikariDataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration/sqlite")
                .load()
                .migrate();
    }
}
