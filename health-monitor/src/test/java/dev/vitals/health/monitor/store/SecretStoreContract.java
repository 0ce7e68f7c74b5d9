package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Encrypted secrets, on any database. */
abstract class SecretStoreContract extends DatabaseContract {
    private static final TargetId ONE = new TargetId("orders", "m1");
    private static final TargetId TWO = new TargetId("orders", "m2");

    private static SecretRow row(TargetId owner, String name, String text) {
        return new SecretRow(SecretStore.owner(owner), name, "key", "nonce", text);
    }

    private void write(Map<TargetId, List<SecretRow>> secrets) {
        new TargetStore(database, SecretStore.Opener.NONE, Registration.READER)
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new Batch.Edits(List.of(), List.of(), owned(secrets), List.of(), List.of())));
    }

    private static Map<String, List<SecretRow>> owned(Map<TargetId, List<SecretRow>> secrets) {
        return secrets.entrySet().stream()
                .collect(Collectors.toMap(entry -> SecretStore.owner(entry.getKey()), Map.Entry::getValue));
    }

    private List<SecretRow> secrets() {
        return new SecretStore(database).secrets();
    }

    @Test
    void aWriteReplacesAllSecretsOfATargetAndNoOthers() {
        write(Map.of(ONE, List.of(row(ONE, "a", "1"), row(ONE, "b", "2")), TWO, List.of(row(TWO, "a", "3"))));
        reopen();
        assertThat(secrets()).containsExactly(row(ONE, "a", "1"), row(ONE, "b", "2"), row(TWO, "a", "3"));
        write(Map.of(ONE, List.of(row(ONE, "b", "4"))));
        assertThat(secrets()).containsExactly(row(ONE, "b", "4"), row(TWO, "a", "3"));
        write(Map.of(ONE, List.of()));
        assertThat(secrets()).containsExactly(row(TWO, "a", "3"));
    }

    @Test
    void replacesWhatTheFunctionReplacesTogetherWithAnEntryInTheAuditLog() {
        write(Map.of(ONE, List.of(row(ONE, "a", "1"), row(ONE, "b", "2"))));
        new SecretStore(database)
                .replaceAll(
                        row -> row.name().equals("a") ? Optional.of(row(ONE, "a", "new")) : Optional.empty(),
                        TestDatabase.ENTRY);
        assertThat(secrets()).containsExactly(row(ONE, "a", "new"), row(ONE, "b", "2"));
        assertThat(new AuditStore(database).entries(AuditFilter.newest(9))).hasSize(1);
    }

    @Test
    void changesNothingIfTheFunctionThrows() {
        write(Map.of(ONE, List.of(row(ONE, "a", "1"), row(ONE, "b", "2"))));
        assertThatThrownBy(() -> new SecretStore(database)
                        .replaceAll(
                                row -> {
                                    if (row.name().equals("b")) {
                                        throw new IllegalStateException("power cut");
                                    }
                                    return Optional.of(row(ONE, "a", "new"));
                                },
                                TestDatabase.ENTRY))
                .hasMessageContaining("power cut");
        assertThat(secrets()).containsExactly(row(ONE, "a", "1"), row(ONE, "b", "2"));
        assertThat(new AuditStore(database).entries(AuditFilter.newest(9))).isEmpty();
    }
}
