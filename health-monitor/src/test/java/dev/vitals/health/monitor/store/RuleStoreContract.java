package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.store.RuleStore.ChannelRow;
import dev.vitals.health.monitor.store.RuleStore.ExpectationRow;
import dev.vitals.health.monitor.store.RuleStore.OptOut;
import dev.vitals.health.monitor.store.RuleStore.PutChannel;
import dev.vitals.health.monitor.store.RuleStore.PutExpectation;
import dev.vitals.health.monitor.store.RuleStore.PutOptOut;
import dev.vitals.health.monitor.store.RuleStore.PutRule;
import dev.vitals.health.monitor.store.RuleStore.Remove;
import dev.vitals.health.monitor.store.RuleStore.RuleRow;
import dev.vitals.health.monitor.store.RuleStore.Stored;
import dev.vitals.health.monitor.store.RuleStore.StoredChannel;
import dev.vitals.health.monitor.store.RuleStore.Table;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels, rules, expectations and opt-outs, on any database. */
abstract class RuleStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final ChannelRow CHAT = new ChannelRow("chat", "slack", Map.of("room", "#ops"), false);
    private static final SecretRow URL =
            new SecretRow(SecretStore.channelOwner("chat"), "url", "key", "nonce", "hidden");

    private RuleStore store(SecretStore.Opener opener) {
        return new RuleStore(database, opener);
    }

    private void write(RuleStore.Edit... edits) {
        store(SecretStore.Opener.NONE).write(List.of(edits), TestDatabase.ENTRY);
    }

    private Stored load() {
        return store(row -> Optional.of(Secret.of(row.ciphertext()))).load();
    }

    private static RuleRow rule(String name, boolean fromFile) {
        return new RuleRow(name, Map.of("tell", List.of("a@example.com"), "after", 60), fromFile);
    }

    @Test
    void givesBackChannelsWithTheirSecrets() {
        write(new PutChannel(CHAT, List.of(URL)));
        reopen();
        assertThat(load().channels())
                .containsExactly(new StoredChannel(CHAT, Map.of("url", Secret.of("hidden")), null));
        assertThat(new AuditStore(database).entries(AuditFilter.newest(2)))
                .extracting(AuditEntry::action)
                .containsExactly(TestDatabase.ENTRY.action());
    }

    @Test
    void aChannelWhoseSecretIsLostKeepsItsSettingsAndSaysSo() {
        write(new PutChannel(CHAT, List.of(URL)));
        StoredChannel loaded = store(SecretStore.Opener.NONE).load().channels().get(0);
        assertThat(loaded.row()).isEqualTo(CHAT);
        assertThat(loaded.problem()).isEqualTo("its secret url cannot be read, give it again");
        assertThat(load().channels().get(0).problem()).isNull();
    }

    @Test
    void aReplacementDropsSecretsThatAreNotGivenAndARemovalDropsAll() {
        SecretRow other = new SecretRow(SecretStore.channelOwner("other"), "url", "key", "nonce", "stays");
        write(
                new PutChannel(CHAT, List.of(URL)),
                new PutChannel(new ChannelRow("other", "slack", Map.of(), true), List.of(other)));
        write(new PutChannel(CHAT, List.of()));
        assertThat(load().channels()).extracting(StoredChannel::secrets).contains(Map.of());
        assertThat(new SecretStore(database).secrets()).containsExactly(other);
        write(new Remove(Table.CHANNEL, "other"));
        assertThat(load().channels()).extracting(StoredChannel::row).containsExactly(CHAT);
        assertThat(new SecretStore(database).secrets()).isEmpty();
    }

    @Test
    void rulesComeInTheirOrderThoseOfTheFileFirst() {
        write(
                new PutRule(rule("c", false)),
                new PutRule(rule("a", false)),
                new PutRule(rule("z", true)),
                new PutRule(rule("y", true)));
        assertThat(load().rules()).extracting(RuleRow::name).containsExactly("z", "y", "c", "a");
        write(new Remove(Table.RULE, "z"), new PutRule(rule("c", false)), new PutRule(rule("b", false)));
        assertThat(load().rules())
                .containsExactly(rule("y", true), rule("c", false), rule("a", false), rule("b", false));
    }

    @Test
    void givesBackExpectationsAndOptOuts() {
        ExpectationRow orders = new ExpectationRow("orders", Map.of("atLeast", 2), true);
        write(new PutExpectation(orders), new PutOptOut(new OptOut("a@example.com", NOW)));
        write(new PutOptOut(new OptOut("a@example.com", NOW.plusSeconds(9))));
        assertThat(load().expectations()).containsExactly(orders);
        assertThat(load().optOuts()).containsExactly(new OptOut("a@example.com", NOW));
        write(new Remove(Table.EXPECTATION, "orders"), new Remove(Table.OPT_OUT, "a@example.com"));
        assertThat(load()).isEqualTo(new Stored(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void keepsAllEditsOrNone() {
        SecretRow bad = new SecretRow(null, "url", "key", "nonce", "hidden");
        assertThatThrownBy(() -> write(new PutRule(rule("a", false)), new PutChannel(CHAT, List.of(bad))))
                .isInstanceOf(RuntimeException.class);
        assertThat(load()).isEqualTo(new Stored(List.of(), List.of(), List.of(), List.of()));
        assertThat(new AuditStore(database).entries(AuditFilter.newest(1))).isEmpty();
    }

    @Test
    void givesBackTheNewestReference() {
        ReferenceStore references = new ReferenceStore(database);
        assertThat(references.find("chat", "i1")).isEmpty();
        references.put("chat", "i1", "ts-1");
        references.put("chat", "i1", "ts-2");
        references.put("other", "i1", "ts-3");
        reopen();
        assertThat(new ReferenceStore(database).find("chat", "i1")).hasValue("ts-2");
        assertThat(new ReferenceStore(database).find("chat", "i2")).isEmpty();
    }
}
