package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Tracked;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Store create() {
        return Store.sqlite(directory.resolve("monitor.db"), SecretValues.NONE);
    }

    @Test
    void keepsEverythingWhenOpenedAgain() {
        save(target(ONE), state(State.UNHEALTHY));
        Change change = change(ONE, State.UNKNOWN, State.UNHEALTHY, 1);
        store.write(new Batch(List.of(), List.of(), Map.of(), List.of(change)));
        store.saveTokenHash("registrar", new byte[] {1, 2, 3});
        store.close();
        store = create();
        assertThat(store.load()).containsExactly(new Tracked(target(ONE), state(State.UNHEALTHY)));
        assertThat(store.changes(ONE, 10)).containsExactly(change);
        assertThat(store.tokenHash("registrar")).hasValue(new byte[] {1, 2, 3});
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
}
