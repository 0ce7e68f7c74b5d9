package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import dev.vitals.health.monitor.store.TargetStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final TargetId A = new TargetId("orders", "a");
    private static final TargetId B = new TargetId("orders", "b");
    private static final TargetId C = new TargetId("orders", "c");
    private static final String TEXT = "correct horse battery staple";

    @TempDir
    Path directory;

    private TestDatabase database;
    private SecretStore rows;
    private AuditLog audit;

    @BeforeEach
    void openDatabase() {
        database = new TestDatabase(directory);
        rows = new SecretStore(database.database());
        audit = database.audit();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private Secrets open() throws IOException {
        return Secrets.open(rows, audit, directory, false);
    }

    private static void put(TestDatabase database, Secrets.Sealed sealed, TargetId owner) {
        write(database, owner, sealed.rows(SecretStore.owner(owner)));
        sealed.close();
    }

    private static void write(TestDatabase database, TargetId owner, List<SecretRow> sealed) {
        new TargetStore(database.database(), SecretStore.Opener.NONE, Registration.READER)
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new Batch.Edits(
                                List.of(), List.of(), Map.of(SecretStore.owner(owner), sealed), List.of(), List.of())));
    }

    private static Secrets.Sealed seal(Secrets secrets, TargetId owner, String text) {
        return secrets.seal(Map.of(SecretStore.owner(owner), Map.of("password", Secret.of(text))));
    }

    private void put(Secrets secrets, TargetId owner, String text) {
        put(database, seal(secrets, owner, text), owner);
    }

    private Path file() {
        return directory.resolve(KeyFile.NAME);
    }

    private long keys() throws IOException {
        return Files.readAllLines(file()).size();
    }

    private Optional<String> read(Secrets secrets, TargetId owner) {
        return rows.secrets().stream()
                .filter(row -> row.owner().equals(SecretStore.owner(owner))
                        && row.name().equals("password"))
                .findFirst()
                .flatMap(secrets::open)
                .map(Secret::reveal);
    }

    @Test
    void keepsASecretAcrossRestartsAndGivesItBack() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        put(secrets, A, "newer");
        put(secrets, B, TEXT);
        assertThat(read(open(), A)).hasValue("newer");
        assertThat(read(open(), C)).isEmpty();
        write(database, A, List.of());
        assertThat(read(open(), A)).isEmpty();
        assertThat(read(open(), B)).hasValue(TEXT);
    }

    @Test
    void theDatabaseHasNoSecretAndTheKeyFileIsTheOwnersAlone() throws IOException {
        put(open(), A, TEXT);
        database.close();
        assertThat(new String(Files.readAllBytes(directory.resolve("monitor.db")), UTF_8))
                .contains("target:orders/a")
                .doesNotContain(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theSameSecretTwiceLooksDifferent() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        put(secrets, B, TEXT);
        List<SecretRow> all = rows.secrets();
        assertThat(all.get(0).nonce()).isNotEqualTo(all.get(1).nonce());
        assertThat(all.get(0).ciphertext()).isNotEqualTo(all.get(1).ciphertext());
    }

    @Test
    void aCiphertextThatWasMovedOrDamagedIsNotRead() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        SecretRow row = rows.secrets().get(0);
        SecretRow otherOwner =
                new SecretRow(SecretStore.owner(B), "password", row.keyId(), row.nonce(), row.ciphertext());
        SecretRow otherName = new SecretRow(row.owner(), "other", row.keyId(), row.nonce(), row.ciphertext());
        SecretRow damaged = new SecretRow(row.owner(), row.name(), row.keyId(), "no base64!", row.ciphertext());
        assertThat(read(secrets, A)).hasValue(TEXT);
        assertThat(secrets.open(otherOwner)).isEmpty();
        assertThat(secrets.open(otherName)).isEmpty();
        assertThat(secrets.open(damaged)).isEmpty();
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
        put(open(), A, TEXT);
        Files.delete(file());
        Secrets after;
        try (LogLines log = new LogLines(Secrets.class)) {
            after = open();
            assertThat(log.at(Level.ERROR))
                    .hasSize(2)
                    .first()
                    .satisfies(line -> assertThat(line)
                            .contains("password of target:orders/a")
                            .contains(rows.secrets().get(0).keyId())
                            .contains(file().toString())
                            .doesNotContain(TEXT));
        }
        assertThat(read(after, A)).isEmpty();
        assertThatThrownBy(() -> put(database, seal(after, B, "new"), B))
                .isInstanceOf(Secrets.NoKeyException.class)
                .hasMessageContaining(file() + " is missing");
        assertThatThrownBy(() -> after.rotate(Actor.MONITOR)).isInstanceOf(Secrets.NoKeyException.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void aNewKeyInPlaceOfALostOneIsMadeWhenAskedFor() throws IOException {
        put(open(), A, TEXT);
        Files.delete(file());
        Secrets after = Secrets.open(rows, audit, directory, true);
        assertThat(read(after, A)).isEmpty();
        put(after, B, "new");
        assertThat(read(after, B)).hasValue("new");
        assertThat(after.rotate(Actor.MONITOR).orElseThrow())
                .singleElement()
                .satisfies(name -> assertThat(name).contains("target:orders/a"));
        assertThat(read(open(), B)).hasValue("new");
    }

    @Test
    void rotationLeavesOneNewKeyAndEverythingReadable() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        put(secrets, B, "other");
        String before = Files.readString(file());
        assertThat(secrets.rotate(new Actor("token:admin", "127.0.0.1"))).hasValue(List.of());
        assertThat(keys()).isEqualTo(1);
        assertThat(Files.readString(file())).isNotEqualTo(before);
        for (Secrets any : List.of(secrets, open())) {
            assertThat(read(any, A)).hasValue(TEXT);
            assertThat(read(any, B)).hasValue("other");
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
        put(dying, A, TEXT);
        if (steps >= 1) {
            dying.addKey();
        }
        if (steps >= 2) {
            dying.encryptAgain(Actor.MONITOR);
        }
        if (steps >= 3) {
            dying.dropUnused();
        }
        Secrets next = open();
        assertThat(keys()).isEqualTo(steps == 1 || steps == 2 ? 2 : 1);
        assertThat(read(next, A)).hasValue(TEXT);
        put(next, B, "other");
        assertThat(next.rotate(Actor.MONITOR)).hasValue(List.of());
        assertThat(keys()).isEqualTo(1);
        assertThat(read(open(), A)).hasValue(TEXT);
        assertThat(read(open(), B)).hasValue("other");
    }

    @Test
    void aKeyFileLeftHalfWrittenDoesNotCount() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        // As if the process had died before the move.
        Files.writeString(directory.resolve(KeyFile.NAME + ".new"), "half");
        assertThat(read(open(), A)).hasValue(TEXT);
        assertThat(open().rotate(Actor.MONITOR)).hasValue(List.of());
        assertThat(directory.resolve(KeyFile.NAME + ".new")).doesNotExist();
        assertThat(read(open(), A)).hasValue(TEXT);
    }

    @Test
    void anEncryptionThatFailsInTheMiddleChangesNothing() throws IOException {
        Secrets secrets = open();
        put(secrets, A, TEXT);
        put(secrets, B, "other");
        secrets.addKey();
        List<SecretRow> before = rows.secrets();
        assertThatThrownBy(() -> rows.replaceAll(
                        row -> {
                            if (row.owner().equals(SecretStore.owner(B))) {
                                throw new IllegalStateException("power cut");
                            }
                            return Optional.of(new SecretRow(row.owner(), row.name(), "x", "y", "z"));
                        },
                        audit.entry(Actor.MONITOR, "secret.rotate", "", "")))
                .hasMessageContaining("power cut");
        assertThat(rows.secrets()).isEqualTo(before);
        assertThat(audit.entries(AuditFilter.newest(1))).isEmpty();
        assertThat(read(open(), A)).hasValue(TEXT);
    }

    @Test
    void aSecretThatIsStoredAfterARotationKeepsItsKey() throws IOException {
        Secrets secrets = open();
        Secrets.Sealed sealed = seal(secrets, A, TEXT);
        assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
        assertThat(keys()).isEqualTo(2);
        put(database, sealed, A);
        assertThat(read(secrets, A)).hasValue(TEXT);
        assertThat(read(open(), A)).hasValue(TEXT);
        assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
        assertThat(keys()).isEqualTo(1);
        assertThat(read(open(), A)).hasValue(TEXT);
    }

    @Test
    void aKeyIsNotKeptForSecretsThatWereNotStored() throws IOException {
        Secrets secrets = open();
        Secrets.Sealed sealed = seal(secrets, A, TEXT);
        Secrets.Sealed nothing = secrets.seal(Map.of(SecretStore.owner(B), Map.of()));
        assertThat(nothing.rows(SecretStore.owner(B))).isEmpty();
        sealed.close();
        sealed.close();
        assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
        assertThat(keys()).isEqualTo(1);
    }

    @Test
    void aSecretThatIsTooLongIsRefused() throws IOException {
        Secrets secrets = open();
        assertThatThrownBy(() -> seal(secrets, A, "x".repeat(100_001))).hasMessageContaining("100000");
        assertThat(secrets.rotate(Actor.MONITOR)).isPresent();
        assertThat(keys()).isEqualTo(1);
    }

    @Test
    void anOpenerReadsWithoutCreatingAKey() throws IOException {
        assertThat(Secrets.opener(directory).open(new SecretRow("o", "n", "k", "", "")))
                .isEmpty();
        assertThat(file()).doesNotExist();
        put(open(), A, TEXT);
        assertThat(Secrets.opener(directory).open(rows.secrets().get(0))).hasValue(Secret.of(TEXT));
    }

    @Test
    void aSecretNeverShowsItself() throws IOException {
        Secret secret = Secret.of(TEXT);
        assertThat(secret).hasToString("***").isEqualTo(Secret.of(TEXT)).isNotEqualTo(Secret.of("other"));
        assertThat(new ObjectMapper().writeValueAsString(List.of(secret))).isEqualTo("[\"***\"]");
        assertThat(String.valueOf(EncryptionKey.random())).matches("key [0-9a-f]{8}");
    }
}
