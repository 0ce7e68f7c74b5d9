package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore, with a monitor that runs meanwhile. */
class BackupCommandTest {
    @TempDir
    Path folder;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aBackupOfARunningMonitorHasItsLatestWritesAndCanBeStarted() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.PASS, "HEALTHY");
            assertThat(vitals.run("backup", backup.toString(), "--data", data.toString()))
                    .as(vitals.err.toString())
                    .isZero();
            assertThat(vitals.out.toString()).contains("checked, and secret.key");
            assertThat(mode(backup)).isEqualTo("rwx------");
            assertThat(mode(backup.resolve("monitor.db"))).isEqualTo("rw-------");
            assertThat(mode(backup.resolve("secret.key"))).isEqualTo("rw-------");
            assertThat(backup.resolve("secret.key")).hasSameBinaryContentAs(data.resolve("secret.key"));

            assertThat(vitals.run("backup", backup.toString(), "--data", data.toString()))
                    .isEqualTo(3);
            assertThat(vitals.err.toString()).contains("is not empty; name a new one");
            assertThat(vitals.run("restore", backup.toString(), "--data", data.toString()))
                    .as("never over another monitor")
                    .isEqualTo(3);
            assertThat(vitals.run("restore", backup.toString(), "--data", restored.toString()))
                    .as(vitals.err.toString())
                    .isZero();
            try (Monitor second = Monitor.builder().port(0).data(restored).start()) {
                vitals.environment.put("VITALS_URL", second.uri().toString());
                assertThat(vitals.run("targets", "-o", "name")).isZero();
                assertThat(vitals.lines()).containsExactly("orders/m1");
            }
        }
    }

    @Test
    void aPlainCopyWithoutItsWriteAheadLogIsRefusedWithAHint() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Path restored = folder.resolve("restored");
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.PASS, "HEALTHY");
            Files.copy(data.resolve("monitor.db"), copy.resolve("monitor.db"));
            assertThat(vitals.run("restore", copy.toString(), "--data", restored.toString()))
                    .isEqualTo(3);
            assertThat(vitals.err.toString()).contains("monitor.db-wal", "vitals backup", "--stopped");
            assertThat(restored).doesNotExist();
            vitals.monitor.close();
            Files.delete(copy.resolve("monitor.db"));
            Files.copy(data.resolve("monitor.db"), copy.resolve("monitor.db"));
            assertThat(vitals.run("restore", copy.toString(), "--data", restored.toString(), "--stopped"))
                    .as(vitals.err.toString())
                    .isZero();
            assertThat(vitals.err.toString()).contains("the backup has no secret.key");
        }
    }

    @Test
    void aDamagedBackupIsRefusedAndLeavesNothing() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        try (ClientFixture vitals = new ClientFixture(data)) {
            assertThat(vitals.run("backup", backup.toString(), "--data", data.toString()))
                    .isZero();
            byte[] database = Files.readAllBytes(backup.resolve("monitor.db"));
            for (int i = 4_096; i < database.length; i++) {
                database[i] ^= (byte) 0x55;
            }
            Files.write(backup.resolve("monitor.db"), database);
            assertThat(vitals.run("restore", backup.toString(), "--data", restored.toString()))
                    .isEqualTo(3);
            assertThat(vitals.err.toString()).contains("is damaged: ");
            assertThat(restored).isEmptyDirectory();
            assertThat(vitals.run("restore", folder.resolve("none").toString())).isEqualTo(3);
            assertThat(vitals.run("backup", folder.resolve("b").toString(), "--data", "none"))
                    .isEqualTo(3);
            assertThat(vitals.err.toString()).contains("name the data directory of the monitor by --data");
        }
    }
}
