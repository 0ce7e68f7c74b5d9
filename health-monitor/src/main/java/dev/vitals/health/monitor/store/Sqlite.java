package dev.vitals.health.monitor.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.monitor.model.SettingsReader;
import java.nio.file.Path;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** Opens a SQLite file: readers beside one writer (WAL), every commit on the disk before it returns. */
final class Sqlite {
    // One for the writer, the rest for requests, which read beside it.
    private static final int CONNECTIONS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    // 16 MB: pages that many commits change go to the database once for all of them.
    private static final int CHECKPOINT_PAGES = 4_000;
    // 64 MB at most, taken page by page: the states of 100,000 targets, each of which is written once a minute.
    private static final int CACHE_KIB = 65_536;
    private static final int INCREMENTAL = 2;

    private Sqlite() {}

    static Store open(Path file, SecretValues secrets, SettingsReader reader) {
        HikariDataSource dataSource = new HikariDataSource(config(file));
        try {
            makeShrinkable(dataSource);
            migrate(dataSource);
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
        return new SqlStore(dataSource, secrets, reader);
    }

    static Store openForReading(Path file, SecretValues secrets, SettingsReader reader) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
        // One for the rows, one for the secrets that they name.
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        config.addDataSourceProperty("busy_timeout", Integer.toString(BUSY_TIMEOUT_MILLIS));
        config.addDataSourceProperty("query_only", "true");
        return new SqlStore(new HikariDataSource(config), secrets, reader);
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
        config.addDataSourceProperty("cache_size", Integer.toString(-CACHE_KIB));
        config.setConnectionInitSql("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        // A transaction that reads first and writes later could be refused in the middle.
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        return config;
    }

    // The file can only shrink bit by bit if that was said before its first table, or with a copy of the whole.
    private static void makeShrinkable(HikariDataSource dataSource) {
        new Queries(dataSource).with(connection -> {
            try (Statement statement = connection.createStatement()) {
                if (statement.executeQuery("PRAGMA auto_vacuum").getInt(1) != INCREMENTAL) {
                    statement.execute("PRAGMA auto_vacuum = " + INCREMENTAL);
                    statement.execute("VACUUM");
                }
            }
            return true;
        });
    }

    private static void migrate(HikariDataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration/sqlite")
                .load()
                .migrate();
    }
}
