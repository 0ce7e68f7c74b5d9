package dev.vitals.health.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edit, its secrets and its audit entry are stored together or not at all. */
class RegistryTransactionTest extends RegistryFixture {
    private static ProbeSettings withPassword(String url, String password) {
        return Registration.READER.stored(
                "http", Map.of("url", url, "user", "u"), Map.of("password", Secret.of(password)));
    }

    private static AuditEntry entry(Registered registered) {
        String action = registered.created() ? "created" : "changed";
        return new AuditEntry(
                0, ENTRY.at(), "test", "", action, registered.target().id().toString(), "", "ok");
    }

    /** A password must never go to the address of another registration. */
    @ParameterizedTest
    @ValueSource(strings = {"target", "secret", "audit"})
    void aRegistrationItsSecretsAndItsAuditEntryAreStoredTogetherOrNotAtAll(String table) {
        registry.register(ID, withPassword("http://old", "old"), RegistryTransactionTest::entry)
                .join();
        WatchedTarget before = registry.target(ID).orElseThrow();
        assertThat(stored()).containsExactly(before);
        database.failing(table, true);
        assertThatThrownBy(
                        () -> registry.register(ID, withPassword("http://new", "new"), RegistryTransactionTest::entry)
                                .join())
                .hasStackTraceContaining("the disk is full");
        assertThat(registry.target(ID)).hasValue(before);
        assertThat(stored()).containsExactly(before);
        assertThat(database.entries()).extracting(AuditEntry::action).containsExactly("created");
        database.failing(table, false);
        registry.register(ID, withPassword("http://new", "new"), RegistryTransactionTest::entry)
                .join();
        assertThat(stored()).containsExactly(registry.target(ID).orElseThrow()).doesNotContain(before);
        assertThat(database.entries()).extracting(AuditEntry::action).containsExactly("changed", "created");
    }

    @Test
    void theTargetsOfAFileAreAllStoredOrNone() {
        database.failing("audit", true);
        Map<TargetId, ProbeSettings> two =
                Map.of(ID, withPassword("http://a", "p"), NOBODY, withPassword("http://b", "q"));
        assertThatThrownBy(() -> registry.configure(Source.FILE, two, Set.of(), "gone", also -> also.audit(ENTRY))
                        .join())
                .hasStackTraceContaining("the disk is full");
        assertThat(registry.targets()).isEmpty();
        assertThat(stored()).isEmpty();
        assertThat(new SecretStore(database.database()).secrets()).isEmpty();
    }

    @Test
    void aRenewalWritesNeitherSecretsNorAnAuditEntry() {
        registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                .join();
        List<SecretRow> before = new SecretStore(database.database()).secrets();
        assertThat(before).hasSize(1);
        Registered renewed = registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                .join();
        assertThat(renewed.changed()).isFalse();
        assertThat(new SecretStore(database.database()).secrets()).isEqualTo(before);
        assertThat(database.entries()).hasSize(1);
    }

    @Test
    void secretsGoWithTheirTarget() {
        registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                .join();
        registry.register(ID, settings("http://a"), RegistryTransactionTest::entry)
                .join();
        assertThat(new SecretStore(database.database()).secrets()).isEmpty();
        registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                .join();
        registry.deregister(ID, ENTRY).join();
        assertThat(new SecretStore(database.database()).secrets()).isEmpty();
        registry.configure(
                        Source.FILE,
                        Map.of(ID, withPassword("http://a", "p")),
                        Set.of(),
                        "gone",
                        also -> also.audit(ENTRY))
                .join();
        assertThat(new SecretStore(database.database()).secrets()).hasSize(1);
        registry.configure(Source.FILE, Map.of(), Set.of(ID), "gone", also -> {})
                .join();
        assertThat(new SecretStore(database.database()).secrets()).isEmpty();
    }

    @Test
    void aRefusalKeepsNothing() {
        registry.configure(Source.FILE, Map.of(ID, settings("http://a")), Set.of(), "gone", also -> {})
                .join();
        assertThatThrownBy(() -> registry.register(ID, withPassword("http://b", "p"), RegistryTransactionTest::entry)
                        .join())
                .hasRootCauseInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> registry.deregister(ID, ENTRY).join()).hasRootCauseInstanceOf(ConflictException.class);
        assertThat(new SecretStore(database.database()).secrets()).isEmpty();
        assertThat(database.entries()).isEmpty();
    }

    @Test
    void aTargetWhoseSecretIsLostStaysAndIsUnknownAndTheOthersAreAsBefore() throws IOException {
        Target target = registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                .join()
                .target();
        registry.register(NOBODY, settings("http://b"), RegistryTransactionTest::entry)
                .join();
        record(target, Outcome.Code.OK);
        settled();
        registry.close();
        Files.delete(directory.resolve("secret.key"));
        told.clear();
        try (LogLines log = new LogLines(Registry.class)) {
            registry = open();
            assertThat(log.at(Level.ERROR))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).contains("orders/m1: its secret password cannot be read, give it again"));
        }
        assertThat(registry.targets()).extracting(WatchedTarget::id).containsExactlyInAnyOrder(ID, NOBODY);
        TargetState state = registry.target(ID).orElseThrow().state();
        assertThat(state.state()).isEqualTo(State.UNKNOWN);
        assertThat(state.why()).isEqualTo("its secret password cannot be read, give it again");
        assertThat(told).contains("HEALTHY -> UNKNOWN");
        assertThat(registry.unreadable()).containsOnlyKeys(ID);
        // Without a key, nothing can be stored that is secret, and nothing is lost.
        assertThatThrownBy(() -> registry.register(ID, withPassword("http://a", "p"), RegistryTransactionTest::entry)
                        .join())
                .hasRootCauseInstanceOf(ConflictException.class)
                .hasMessageContaining("--new-key");
        assertThat(new SecretStore(database.database()).secrets()).hasSize(1);
        assertThat(directory.resolve("secret.key")).doesNotExist();
    }
}
