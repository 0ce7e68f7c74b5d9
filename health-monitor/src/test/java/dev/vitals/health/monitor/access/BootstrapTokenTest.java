package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTokenTest {
    @TempDir
    Path directory;

    private Database store;

    @BeforeEach
    void open() {
        store = database("one.db");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Database database(String name) {
        return Database.sqlite(directory.resolve(name));
    }

    private Access start(Database on) throws IOException {
        return Access.open(on, directory, InstantSource.system(), System::nanoTime, false);
    }

    private Path file() {
        return directory.resolve(BootstrapToken.REGISTRAR_FILE);
    }

    private static boolean registers(Access access, String token) {
        return access.tokens()
                .caller(token, "127.0.0.1")
                .filter(caller -> caller.may(Permission.REGISTER))
                .isPresent();
    }

    @Test
    void isCreatedAtTheFirstStartAndKnownAtTheNext() throws IOException {
        String token = start(store).createdRegistrar().orElseThrow();
        assertThat(token).hasSize(47).startsWith("vtr_");
        assertThat(Files.readString(file())).isEqualTo(token + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        Access second = start(store);
        assertThat(second.createdRegistrar()).isEmpty();
        assertThat(second.createdAdmin()).isFalse();
        assertThat(registers(second, token)).isTrue();
        assertThat(registers(second, token + "x")).isFalse();
        assertThat(registers(second, "")).isFalse();
    }

    @Test
    void theAdminsTokenIsInItsOwnFile() throws IOException {
        Access access = start(store);
        assertThat(access.createdAdmin()).isTrue();
        Path admin = directory.resolve(BootstrapToken.ADMIN_FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(admin)))
                .isEqualTo("rw-------");
        Principal caller = access.tokens()
                .caller(Files.readString(admin).strip(), "127.0.0.1")
                .orElseThrow();
        assertThat(caller.may(Permission.ADMIN)).isTrue();
        assertThat(caller.actor().name()).isEqualTo("token:admin");
    }

    @Test
    void theDatabaseHasOnlyItsHash() throws IOException {
        String token = start(store).createdRegistrar().orElseThrow();
        store.close();
        String file = new String(Files.readAllBytes(directory.resolve("one.db")), UTF_8);
        assertThat(file).contains("registrar").doesNotContain(token).doesNotContain(token.substring(4));
    }

    @Test
    void theFileMayBeRemoved() throws IOException {
        String token = start(store).createdRegistrar().orElseThrow();
        Files.delete(file());
        assertThat(registers(start(store), token)).isTrue();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aNewDatabaseAdoptsTheTokenOfTheFileAndProtectsIt() throws IOException {
        String token = start(store).createdRegistrar().orElseThrow();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        try (Database other = database("two.db")) {
            Access adopted = start(other);
            assertThat(adopted.createdRegistrar()).isEmpty();
            assertThat(registers(adopted, token)).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aTokenWithoutARolePrefixIsAdopted() throws IOException {
        Files.writeString(file(), "A".repeat(43));
        assertThat(registers(start(store), "A".repeat(43))).isTrue();
    }

    @Test
    void aFileWithoutATokenIsReplaced() throws IOException {
        Files.writeString(file(), "secret\n");
        Access made = start(store);
        assertThat(registers(made, "secret")).isFalse();
        assertThat(Files.readString(file()).strip())
                .isEqualTo(made.createdRegistrar().orElseThrow());
    }

    @Test
    void anotherTokenInTheFileDoesNotCount() throws IOException {
        start(store);
        Files.writeString(file(), "A".repeat(43));
        assertThat(registers(start(store), "A".repeat(43))).isFalse();
    }

    @Test
    void aRevokedTokenIsNotCreatedAgain() throws IOException {
        Access first = start(store);
        String token = first.createdRegistrar().orElseThrow();
        assertThat(first.tokens().revoke("registrar", Actor.MONITOR)).isTrue();
        assertThat(registers(first, token)).isFalse();
        Access second = start(store);
        assertThat(second.createdRegistrar()).isEmpty();
        assertThat(registers(second, token)).isFalse();
    }
}
