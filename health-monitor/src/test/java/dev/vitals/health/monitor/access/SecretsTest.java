package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.store.AuditStore;
import dev.vitals.health.monitor.store.SecretRow;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.Store;
import dev.vitals.health.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String TEXT = "correct horse battery staple";

    @TempDir
    Path directory;

    private Store store;
    private SecretStore rows;
    private AuditLog audit;

    @BeforeEach
    void openStore() {
        store = Store.sqlite(directory.resolve("monitor.db"), Registration.READER);
        rows = SecretStore.beside(store);
        audit = new AuditLog(AuditStore.beside(store), InstantSource.system());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private Secrets open() throws IOException {
        return Secrets.open(rows, audit, directory);
    }

    private Path file() {
        return directory.resolve(KeyFile.NAME);
    }

    private long keys() throws IOException {
        return Files.readAllLines(file()).size();
    }

    private static Optional<String> read(Secrets secrets, String owner) {
        return secrets.get(owner, "password").map(Secret::reveal);
    }

    @Test
    void keepsASecretAcrossRestartsAndGivesItBack() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        secrets.put("target:a", "password", Secret.of("newer"));
        secrets.put("target:b", "password", Secret.of(TEXT));
        assertThat(read(open(), "target:a")).hasValue("newer");
        assertThat(read(open(), "target:c")).isEmpty();
        assertThat(secrets.remove("target:a")).isEqualTo(1);
        assertThat(read(open(), "target:a")).isEmpty();
        assertThat(read(open(), "target:b")).hasValue(TEXT);
    }

    @Test
    void theDatabaseHasNoSecretAndTheKeyFileIsTheOwnersAlone() throws IOException {
        open().put("target:a", "password", Secret.of(TEXT));
        store.close();
        assertThat(new String(Files.readAllBytes(directory.resolve("monitor.db")), UTF_8))
                .contains("target:a")
                .doesNotContain(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theSameSecretTwiceLooksDifferent() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        secrets.put("target:b", "password", Secret.of(TEXT));
        List<SecretRow> all = rows.secrets();
        assertThat(all.get(0).nonce()).isNotEqualTo(all.get(1).nonce());
        assertThat(all.get(0).ciphertext()).isNotEqualTo(all.get(1).ciphertext());
    }

    @Test
    void aCiphertextMovedToAnotherPlaceIsNotRead() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        SecretRow row = rows.secrets().get(0);
        rows.save(new SecretRow("target:b", "password", row.keyId(), row.nonce(), row.ciphertext()));
        rows.save(new SecretRow("target:a", "other", row.keyId(), row.nonce(), row.ciphertext()));
        assertThat(read(secrets, "target:a")).hasValue(TEXT);
        assertThatThrownBy(() -> read(secrets, "target:b")).isInstanceOf(SecretLostException.class);
        assertThatThrownBy(() -> secrets.get("target:a", "other")).isInstanceOf(SecretLostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void doesNotStartWhenOthersMayReadTheKeys(String mode) throws IOException {
        open();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("0600");
    }

    @Test
    void aDamagedKeyFileIsNamedAndNotReplaced() throws IOException {
        open();
        String line = Files.readString(file());
        Files.writeString(file(), line + "nonsense " + TEXT + "\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining(TEXT);
        assertThat(Files.readString(file())).startsWith(line);
    }

    @Test
    void aLostKeyIsSaidWithTheNamesAndStopsNothing() throws IOException {
        open().put("target:a", "password", Secret.of(TEXT));
        Files.delete(file());
        Secrets after;
        try (LogLines log = new LogLines(Secrets.class)) {
            after = open();
            assertThat(log.at(Level.ERROR))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("password of target:a")
                            .contains(file().toString())
                            .doesNotContain(TEXT));
        }
        assertThatThrownBy(() -> read(after, "target:a"))
                .isInstanceOf(SecretLostException.class)
                .hasMessageContaining("password of target:a")
                .hasMessageContaining(rows.secrets().get(0).keyId())
                .hasMessageContaining(file().toString());
        after.put("target:b", "password", Secret.of("new"));
        assertThat(read(after, "target:b")).hasValue("new");
        assertThat(after.rotate(Actor.MONITOR).orElseThrow())
                .singleElement()
                .satisfies(name -> assertThat(name).contains("target:a"));
        assertThat(read(open(), "target:b")).hasValue("new");
    }

    @Test
    void rotationLeavesOneNewKeyAndEverythingReadable() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        secrets.put("target:b", "password", Secret.of("other"));
        String before = Files.readString(file());
        assertThat(secrets.rotate(new Actor("token:admin", "127.0.0.1"))).hasValue(List.of());
        assertThat(keys()).isEqualTo(1);
        assertThat(Files.readString(file())).isNotEqualTo(before);
        for (Secrets any : List.of(secrets, open())) {
            assertThat(read(any, "target:a")).hasValue(TEXT);
            assertThat(read(any, "target:b")).hasValue("other");
        }
        assertThat(audit.entries(AuditFilter.newest(10)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.action()).isEqualTo("secret.rotate"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    /** Steps done before the process died: none, the new key, the new key and the encryption, all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRotationThatWasStoppedBetweenStepsLosesNothingAndCanBeRunAgain(int steps) throws IOException {
        Secrets dying = open();
        dying.put("target:a", "password", Secret.of(TEXT));
        if (steps >= 1) {
            dying.addKey();
        }
        if (steps >= 2) {
            dying.encryptAnew(Actor.MONITOR);
        }
        if (steps >= 3) {
            dying.dropUnused();
        }
        Secrets next = open();
        assertThat(keys()).isEqualTo(steps == 1 || steps == 2 ? 2 : 1);
        assertThat(read(next, "target:a")).hasValue(TEXT);
        next.put("target:b", "password", Secret.of("other"));
        assertThat(next.rotate(Actor.MONITOR)).hasValue(List.of());
        assertThat(keys()).isEqualTo(1);
        assertThat(read(open(), "target:a")).hasValue(TEXT);
        assertThat(read(open(), "target:b")).hasValue("other");
    }

    @Test
    void aKeyFileLeftHalfWrittenDoesNotCount() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        // As if the process had died before the move.
        Files.writeString(directory.resolve(KeyFile.NAME + ".new"), "half");
        assertThat(read(open(), "target:a")).hasValue(TEXT);
        assertThat(open().rotate(Actor.MONITOR)).hasValue(List.of());
        assertThat(directory.resolve(KeyFile.NAME + ".new")).doesNotExist();
        assertThat(read(open(), "target:a")).hasValue(TEXT);
    }

    @Test
    void anEncryptionThatFailsInTheMiddleChangesNothing() throws IOException {
        Secrets secrets = open();
        secrets.put("target:a", "password", Secret.of(TEXT));
        secrets.put("target:b", "password", Secret.of("other"));
        secrets.addKey();
        List<SecretRow> before = rows.secrets();
        assertThatThrownBy(() -> rows.replaceAll(
                        row -> {
                            if (row.owner().equals("target:b")) {
                                throw new IllegalStateException("power cut");
                            }
                            return Optional.of(new SecretRow(row.owner(), row.name(), "x", "y", "z"));
                        },
                        audit.entry(Actor.MONITOR, "secret.rotate", "", "")))
                .hasMessageContaining("power cut");
        assertThat(rows.secrets()).isEqualTo(before);
        assertThat(audit.entries(AuditFilter.newest(1))).isEmpty();
        assertThat(read(open(), "target:a")).hasValue(TEXT);
    }

    @Test
    void aSecretThatIsWrittenDuringARotationKeepsItsKey() throws IOException {
        InTheMiddle middle = new InTheMiddle(rows);
        Secrets secrets = Secrets.open(middle, audit, directory);
        // The rotation runs when the row is encrypted already, and not stored yet.
        middle.before = () -> {
            try {
                assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        secrets.put("target:a", "password", Secret.of(TEXT));
        assertThat(read(secrets, "target:a")).hasValue(TEXT);
        assertThat(read(open(), "target:a")).hasValue(TEXT);
        assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
        assertThat(keys()).isEqualTo(1);
        assertThat(read(open(), "target:a")).hasValue(TEXT);
    }

    /** Does something before the next secret is stored. */
    private static final class InTheMiddle implements SecretStore {
        private final SecretStore store;
        private Runnable before = () -> {};

        InTheMiddle(SecretStore store) {
            this.store = store;
        }

        @Override
        public Optional<SecretRow> secret(String owner, String name) {
            return store.secret(owner, name);
        }

        @Override
        public List<SecretRow> secrets() {
            return store.secrets();
        }

        @Override
        public void save(SecretRow secret) {
            before.run();
            store.save(secret);
        }

        @Override
        public int remove(String owner) {
            return store.remove(owner);
        }

        @Override
        public void replaceAll(
                java.util.function.Function<SecretRow, Optional<SecretRow>> replacement,
                dev.vitals.health.monitor.store.AuditEntry why) {
            store.replaceAll(replacement, why);
        }
    }

    @Test
    void aSecretNeverShowsItself() throws IOException {
        Secret secret = Secret.of(TEXT);
        assertThat(secret).hasToString("***").isEqualTo(Secret.of(TEXT)).isNotEqualTo(Secret.of("other"));
        assertThat(new ObjectMapper().writeValueAsString(List.of(secret))).isEqualTo("[\"***\"]");
        assertThat(String.valueOf(EncryptionKey.random())).matches("key [0-9a-f]{8}");
    }
}
