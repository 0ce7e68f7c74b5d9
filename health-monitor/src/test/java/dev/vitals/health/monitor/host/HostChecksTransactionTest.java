package dev.vitals.health.monitor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.ConflictException;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host check, its target, its secrets and its audit entry: all are stored, or none. */
class HostChecksTransactionTest {
    private static final AuditEntry ENTRY = TestDatabase.ENTRY;
    private static final TargetId SITE = new TargetId("web1", "site");

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private TestDatabase database;
    private Registry registry;
    private HostChecks hosts;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        start();
    }

    private void start() {
        registry = database.registry(time, Duration.ofHours(24));
        registry.start();
        hosts = new HostChecks(registry, Registration.READER, 2);
        hosts.start();
    }

    @AfterEach
    void close() {
        registry.close();
        database.close();
    }

    private void restart() {
        close();
        open();
    }

    private CheckDraft draft(String name, String url, String password, boolean enabled) {
        return hosts.draft(
                "web1",
                name,
                Map.of("kind", "http", "url", url, "user", "u", "password", password, "enabled", enabled),
                null);
    }

    private HostCheck create(String name) {
        return hosts.create(draft(name, "http://old", "old", true), ENTRY).join();
    }

    private int secrets() {
        return new SecretStore(database.database()).secrets().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host_check", "target", "secret", "audit"})
    void aChangeThatCannotBeStoredLeavesUrlAndPasswordOfBefore(String table) {
        HostCheck before = create("site");
        WatchedTarget watched = registry.target(SITE).orElseThrow();
        database.failing(table, true);
        assertThatThrownBy(() -> hosts.put(draft("site", "http://new", "new", true), ENTRY)
                        .join())
                .hasStackTraceContaining("the disk is full");
        assertThat(hosts.check(SITE)).hasValue(before);
        assertThat(registry.target(SITE)).hasValue(watched);
        assertThat(database.hostChecks().load().rows()).containsExactly(before);
        assertThat(database.targets().load().rows()).containsExactly(watched);
        assertThat(database.entries()).hasSize(1);
        database.failing(table, false);
        HostCheck after =
                hosts.put(draft("site", "http://new", "new", true), ENTRY).join();
        assertThat(database.hostChecks().load().rows()).containsExactly(after);
        assertThat(after.settings().probe().secrets()).containsEntry("password", Secret.of("new"));
        assertThat(database.entries()).hasSize(2);
    }

    @Test
    void aRemovalThatCannotBeStoredRemovesNothing() {
        HostCheck before = create("site");
        database.failing("audit", true);
        assertThatThrownBy(() -> hosts.remove(SITE, ENTRY).join()).hasStackTraceContaining("the disk is full");
        assertThat(hosts.check(SITE)).hasValue(before);
        assertThat(secrets()).isEqualTo(1);
        database.failing("audit", false);
        assertThat(hosts.remove(SITE, ENTRY).join()).isTrue();
        assertThat(hosts.remove(SITE, ENTRY).join()).isFalse();
        assertThat(database.hostChecks().load().rows()).isEmpty();
        assertThat(database.targets().load().rows()).isEmpty();
        assertThat(secrets()).isZero();
        assertThat(database.entries()).hasSize(2);
    }

    @Test
    void aRefusalKeepsNothingHoweverManyEditsAreInOneTransaction() {
        List<CompletableFuture<HostCheck>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(hosts.create(draft("check" + i, "http://h", "p", true), ENTRY));
        }
        all.forEach(one -> one.handle((check, failure) -> check).join());
        assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(8);
        assertThatThrownBy(() -> all.get(9).join()).hasCauseInstanceOf(ConflictException.class);
        assertThat(hosts.checks("web1")).hasSize(2);
        assertThat(registry.targets()).hasSize(2);
        assertThat(secrets()).isEqualTo(2);
        assertThat(database.entries()).hasSize(2);
    }

    @Test
    void aNameCanBeUsedAgainInTheTransactionInWhichItWasRemoved() {
        create("site");
        CompletableFuture<Boolean> removed = hosts.remove(SITE, ENTRY);
        CompletableFuture<HostCheck> again = hosts.create(draft("site", "http://new", "new", true), ENTRY);
        assertThat(removed.join()).isTrue();
        HostCheck check = again.join();
        assertThat(database.hostChecks().load().rows()).containsExactly(check);
        assertThat(registry.targets()).hasSize(1);
        assertThat(secrets()).isEqualTo(1);
    }

    @Test
    void aDisabledCheckKeepsItsSecretsWhateverBecomesOfItsName() {
        HostCheck disabled =
                hosts.put(draft("site", "http://old", "old", false), ENTRY).join();
        assertThat(registry.targets()).isEmpty();
        ProbeSettings plain = Registration.builder("http://app").build();
        registry.register(SITE, plain, registered -> ENTRY).join();
        registry.deregister(SITE, ENTRY).join();
        restart();
        assertThat(hosts.check(SITE)).hasValue(disabled);
        registry.register(SITE, plain, registered -> ENTRY).join();
        assertThat(hosts.remove(SITE, ENTRY).join()).isTrue();
        assertThat(registry.targets()).hasSize(1);
        assertThat(secrets()).isZero();
    }

    @Test
    void aStartMakesTheTargetsAgreeWithTheChecks() {
        HostCheck check = create("site");
        create("other");
        registry.close();
        // As an earlier version could leave it: a check without its target, and a target without its check.
        database.targets()
                .write(new Batch(List.of(SITE), List.of(), Map.of(), List.of())
                        .with(new Batch.Edits(
                                List.of(new TargetId("web1", "other")), List.of(), Map.of(), List.of(), List.of())));
        start();
        assertThat(registry.targets()).extracting(WatchedTarget::id).containsExactly(SITE);
        assertThat(registry.target(SITE).orElseThrow().target().settings()).isEqualTo(check.settings());
        registry.configure(Source.HOST, Map.of(), Set.of(SITE), "gone", also -> {})
                .join();
        assertThat(secrets()).isEqualTo(1);
    }
}
