package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Store create() {
        return Store.sqlite(directory.resolve("monitor.db"), Registration.READER);
    }

    @Test
    void keepsEverythingWhenOpenedAgain() {
        save(target(ONE), state(State.UNHEALTHY));
        Change change = change(ONE, State.UNKNOWN, State.UNHEALTHY, 1);
        store.write(new Batch(List.of(), List.of(), Map.of(), List.of(change)));
        store.close();
        store = create();
        assertThat(store.load()).containsExactly(new WatchedTarget(target(ONE), state(State.UNHEALTHY)));
        assertThat(store.changes(ONE, 10)).containsExactly(change);
    }

    @Test
    void canBeReadBesideItsWriter() throws SQLException {
        save(target(ONE), state(State.UNHEALTHY));
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("monitor.db"));
                Statement statement = reader.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
            assertThat(mode.getString(1)).isEqualTo("wal");
        }
    }

    @Test
    void theTokenOfBeforeThereWereRolesGoesOnToCount() throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("old.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration/sqlite")
                .target("9?")
                .load()
                .migrate();
        try (Connection old = DriverManager.getConnection(url);
                Statement statement = old.createStatement()) {
            statement.executeUpdate("INSERT INTO token (name, hash) VALUES ('registrar', x'00ff10')");
        }
        try (Store migrated = Store.sqlite(directory.resolve("old.db"), Registration.READER)) {
            assertThat(AccessStore.beside(migrated).tokens()).singleElement().satisfies(token -> {
                assertThat(token.name()).isEqualTo("registrar");
                assertThat(token.role()).isEqualTo("REGISTRAR");
                assertThat(token.hash()).isEqualTo("00ff10");
                assertThat(token.created().getEpochSecond()).isGreaterThan(1_700_000_000L);
                assertThat(token.revoked()).isNull();
            });
        }
    }
}
