package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Host checks, on any database. */
abstract class HostCheckStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final TargetId SITE = new TargetId("web1", "site");
    private static final TargetId PORT = new TargetId("web1", "port");

    private static HostCheck site(boolean enabled) {
        return new HostCheck(
                SITE,
                enabled,
                Registration.READER.stored(
                        "http", Map.of("url", "http://h/", "user", "u"), Map.of("password", Secret.of("hidden"))),
                NOW,
                NOW.plusSeconds(1));
    }

    private static HostCheck port() {
        return new HostCheck(
                PORT, true, Registration.READER.stored("tcp", Map.of("host", "h", "port", 80), Map.of()), NOW, NOW);
    }

    private void write(List<TargetId> removed, HostCheck... saved) {
        SecretRow row = new SecretRow(SecretStore.owner(SITE), "password", "key", "nonce", "hidden");
        new TargetStore(database, SecretStore.Opener.NONE, Registration.READER)
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new Batch.Edits(
                                removed,
                                List.of(saved),
                                Map.of(SecretStore.owner(SITE), List.of(row)),
                                List.of(),
                                List.of())));
    }

    private Loaded<HostCheck> load(SecretStore.Opener opener) {
        return new HostCheckStore(database, opener, Registration.READER).load();
    }

    private List<HostCheck> load() {
        return load(row -> Optional.of(Secret.of(row.ciphertext()))).rows();
    }

    @Test
    void givesBackWhatWasSavedInTheOrderOfNames() {
        assertThat(load()).isEmpty();
        write(List.of(), site(true), port());
        reopen();
        assertThat(load()).containsExactly(port(), site(true));
    }

    @Test
    void savingAgainReplacesACheckAndRemovingDeletesIt() {
        write(List.of(), site(true), port());
        write(List.of(PORT, new TargetId("web1", "unknown")), site(false));
        assertThat(load()).containsExactly(site(false));
    }

    @Test
    void aCheckWhoseSecretIsLostKeepsItsNameAndItsSettings() {
        write(List.of(), site(true), port());
        Loaded<HostCheck> loaded = load(SecretStore.Opener.NONE);
        assertThat(loaded.rows()).contains(port()).hasSize(2);
        HostCheck unreadable = loaded.rows().stream()
                .filter(check -> check.id().equals(SITE))
                .findFirst()
                .orElseThrow();
        assertThat(unreadable.settings().probe().fields())
                .isEqualTo(site(true).settings().probe().fields());
        assertThat(SettingsReader.document(unreadable.settings()))
                .isEqualTo(SettingsReader.document(site(true).settings()));
        assertThat(loaded.unreadable()).containsOnlyKeys(SITE);
    }
}
