package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a monitor from starting, and that it says so in one line. */
class StartTest {
    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private MonitorBuilder builder() {
        return Monitor.builder().port(0).data(data());
    }

    private void startOnce() throws IOException {
        builder().start().close();
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data().resolve("monitor.db"));
    }

    private void refusesWith(MonitorBuilder settings, String... texts) {
        assertThatThrownBy(settings::start)
                .isInstanceOf(IOException.class)
                .message()
                .contains(texts)
                .doesNotContain("\n");
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingIsMade() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> builder().port(port).start())
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("port " + port + " on 127.0.0.1 is in use");
        }
        assertThat(data()).doesNotExist();
        assertThatThrownBy(() -> builder().host("192.0.2.1").start())
                .hasMessage("192.0.2.1 is not an address of this machine");
        assertThat(data()).doesNotExist();
    }

    @Test
    void aFileThatIsNotADatabaseIsNamed() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("monitor.db"), "this is no database, however long it may be\n".repeat(100));
        refusesWith(builder(), "database " + data().resolve("monitor.db") + " cannot be opened");
    }

    @Test
    void aDatabaseThatAnotherProcessKeepsIsNamedInOneLine() throws IOException, SQLException {
        startOnce();
        try (Connection other = database();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            refusesWith(builder(), "cannot be opened: locked by another process");
            statement.execute("ROLLBACK");
        }
        startOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "missing"})
    void aDatabaseThatWasLostIsRefusedBesideItsKeyAndTokens(String how) throws IOException {
        startOnce();
        Files.delete(data().resolve("monitor.db"));
        if (how.equals("empty")) {
            Files.createFile(data().resolve("monitor.db"));
        }
        refusesWith(builder(), "is " + how, "secret.key and admin.token and registrar.token", "--new-database");
        String token = Files.readString(data().resolve("admin.token"));
        builder().newDatabase(true).start().close();
        assertThat(data().resolve("admin.token")).hasContent(token.strip());
        startOnce();
    }

    @Test
    void tokensThatAnOperatorPutsThereFirstAreTaken() throws IOException {
        startOnce();
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.copy(data().resolve("admin.token"), other.resolve("admin.token"));
        Monitor.builder().port(0).data(other).start().close();
        assertThat(other.resolve("admin.token")).hasSameTextualContentAs(data().resolve("admin.token"));
    }

    @Test
    void aPlainCopyOfARunningMonitorHasWhatIsSomeMinutesOld() throws IOException {
        ManualScheduler time = new ManualScheduler();
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (FakeApp app = new FakeApp();
                TestMonitor monitor = new TestMonitor(data(), time)) {
            monitor.api.register("orders/m1", "{\"url\":\"" + app.url() + "\",\"lease\":0}");
            Await.until("the log is folded in", () -> {
                time.advance(Duration.ofMinutes(1));
                return copied(copy);
            });
        }
    }

    // The database alone, as "cp monitor.db" takes it.
    private boolean copied(Path copy) {
        try {
            Files.deleteIfExists(copy.resolve("monitor.db"));
            Files.copy(data().resolve("monitor.db"), copy.resolve("monitor.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("monitor.db"));
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM target")) {
            return row.getInt(1) == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void aDatabaseOfANewerVersionIsRefusedInWordsWithThatVersion() throws IOException, SQLException {
        startOnce();
        try (Connection other = database();
                Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history SELECT 1000, '999', 'later', type, script, checksum,"
                    + " installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");
        }
        Files.writeString(data().resolve("lock"), "9.1.0");
        refusesWith(builder(), "a newer version of the monitor wrote it", "number 999", "(last used by version 9.1.0)");
    }

    @Test
    void aDatabaseBetweenTwoVersionsIsRefusedInWords() throws IOException, SQLException {
        startOnce();
        try (Connection other = database();
                Statement statement = other.createStatement()) {
            statement.execute("DELETE FROM flyway_schema_history WHERE version = '6'");
        }
        refusesWith(builder(), "was never released wrote it", "number 6", "last used by version " + Monitor.version());
    }
}
