package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the database that are damaged while the monitor runs. */
class DamagedDatabaseTest {
    private static final int PAGE = 4_096;

    @TempDir
    Path data;

    @Test
    void damageIsSaidOnceInTheLogAndByTheOwnHealth() throws IOException, SQLException {
        ManualScheduler time = new ManualScheduler();
        try (TestMonitor monitor = new TestMonitor(data, time);
                LogLines log = new LogLines(Database.class)) {
            damageBehindACommit();
            for (int i = 0; i < 50; i++) {
                monitor.admin.send("GET", "/api/v1/audit", "");
                monitor.admin.send("GET", "/api/v1/tokens", "");
                monitor.admin.send("GET", "/api/v1/targets/a/b/results", "");
            }
            assertThat(log.at(Level.ERROR))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("the database is damaged, restore a backup: ")
                            .contains("malformed"));
            Await.until("the own health says it", () -> {
                time.advance(Duration.ofSeconds(1));
                return Api.text(monitor.api.get("/_health")).contains("the database is damaged, restore a backup");
            });
            assertThat(monitor.api.get("/_health/ready").statusCode()).isEqualTo(503);
        }
    }

    // A commit of somebody else makes each connection read its pages again.
    private void damageBehindACommit() throws IOException, SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("monitor.db"));
                Statement statement = other.createStatement()) {
            Await.until("all of the log is in the file", () -> isFolded(statement));
            other.setAutoCommit(false);
            statement.execute("UPDATE access_token SET role = role");
            damage();
            other.commit();
        }
    }

    private static boolean isFolded(Statement statement) {
        try (ResultSet busy = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return busy.getInt(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // All pages but the first, which has the schema. What is still in the log of the database is not read from the
    // file.
    private void damage() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve("monitor.db").toFile(), "rw")) {
            byte[] noise = new byte[PAGE];
            Arrays.fill(noise, (byte) 0x5a);
            for (long at = PAGE; at < file.length(); at += PAGE) {
                file.seek(at);
                file.write(noise);
            }
        }
    }
}
