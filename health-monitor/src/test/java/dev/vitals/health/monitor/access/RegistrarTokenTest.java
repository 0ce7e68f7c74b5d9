package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.store.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrarTokenTest {
    private final MemoryStore store = new MemoryStore();

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve(RegistrarToken.FILE);
    }

    @Test
    void isMadeAtTheFirstStartAndKnownAtTheNext() throws IOException {
        RegistrarToken first = RegistrarToken.open(store, directory);
        String token = first.created().orElseThrow();
        assertThat(token).hasSize(43);
        assertThat(Files.readString(file())).isEqualTo(token + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        RegistrarToken second = RegistrarToken.open(store, directory);
        assertThat(second.created()).isEmpty();
        assertThat(second.matches(token)).isTrue();
        assertThat(second.matches(token + "x")).isFalse();
        assertThat(second.matches("")).isFalse();
    }

    @Test
    void theStoreHasItsHashOnly() throws IOException {
        String token = RegistrarToken.open(store, directory).created().orElseThrow();
        assertThat(store.tokenHash("registrar").orElseThrow()).hasSize(32).isNotEqualTo(token.getBytes(UTF_8));
    }

    @Test
    void theFileMayBeTakenAway() throws IOException {
        String token = RegistrarToken.open(store, directory).created().orElseThrow();
        Files.delete(file());
        RegistrarToken second = RegistrarToken.open(store, directory);
        assertThat(second.matches(token)).isTrue();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aNewDatabaseAdoptsTheTokenOfTheFileAndGuardsIt() throws IOException {
        String token =
                RegistrarToken.open(new MemoryStore(), directory).created().orElseThrow();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        RegistrarToken adopted = RegistrarToken.open(store, directory);
        assertThat(adopted.created()).isEmpty();
        assertThat(adopted.matches(token)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileWithoutATokenIsReplaced() throws IOException {
        Files.writeString(file(), "secret\n");
        RegistrarToken made = RegistrarToken.open(store, directory);
        assertThat(made.matches("secret")).isFalse();
        assertThat(Files.readString(file()).strip()).isEqualTo(made.created().orElseThrow());
    }

    @Test
    void anotherTokenInTheFileDoesNotCount() throws IOException {
        RegistrarToken.open(store, directory);
        String other = "A".repeat(43);
        Files.writeString(file(), other);
        assertThat(RegistrarToken.open(store, directory).matches(other)).isFalse();
    }
}
