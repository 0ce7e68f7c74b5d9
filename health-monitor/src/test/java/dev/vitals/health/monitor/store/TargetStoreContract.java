package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.UnreadableProbe;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.SecretStore.SecretRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Targets, their states and changes, on any database. */
abstract class TargetStoreContract extends DatabaseContract {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    static final TargetId ONE = new TargetId("orders", "m1");
    static final TargetId TWO = new TargetId("inventory", "m1");

    private TargetStore store() {
        return new TargetStore(database, SecretStore.Opener.NONE, Registration.READER);
    }

    private List<WatchedTarget> load() {
        return store().load().rows();
    }

    static Target target(TargetId id) {
        ProbeSettings settings = Registration.builder("https://host:8443/base", "/up?x=1")
                .interval(Duration.ofMillis(7_500))
                .timeout(Duration.ofMillis(2_250))
                .unhealthy(3)
                .healthy(4)
                .notify("a@b.example")
                .notify("\"quoted\"@b.example")
                .label("machine", "m \"1\" ä 😀")
                .label("cluster", "c")
                .lease(Duration.ofMinutes(1))
                .build();
        return Target.registered(id, settings, NOW);
    }

    static TargetState state(State state) {
        PollResult result = new PollResult(
                Outcome.Code.ERROR,
                "answered 503",
                503,
                NOW.plusSeconds(5),
                Duration.ofNanos(1_234_000),
                List.of(new ComponentState("db", Status.FAIL, "gone"), new ComponentState("disk", Status.PASS, null)));
        return new TargetState(StreakCounts.of(state, 3, 0, 0), state, NOW.plusSeconds(1), result, result.time())
                .withSeen(new Moment(result.time().plus(result.latency()), 0));
    }

    static Change change(TargetId id, State from, State to, long second) {
        return new Change(id, from, to, NOW.plusSeconds(second), "because " + second);
    }

    void save(Target target, TargetState state) {
        store().write(new Batch(List.of(), List.of(target), Map.of(target.id(), state), List.of()));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(load()).isEmpty();
        assertThat(store().changes(ONE, 10)).isEmpty();
        database.ping();
    }

    @Test
    void givesBackWhatWasSaved() {
        save(target(ONE), state(State.UNHEALTHY));
        save(target(TWO), TargetState.start(NOW));
        assertThat(load())
                .containsExactly(
                        new WatchedTarget(target(TWO), TargetState.start(NOW)),
                        new WatchedTarget(target(ONE), state(State.UNHEALTHY)));
    }

    @Test
    void keepsAResultOfWhichLittleIsKnown() {
        PollResult little = new PollResult(Outcome.Code.OK, null, null, NOW, Duration.ZERO, List.of());
        TargetState state = new TargetState(
                        StreakCounts.of(State.HEALTHY, 0, 1, 1), State.HEALTHY, NOW, little, little.time())
                .withSeen(new Moment(NOW, 0));
        Target forEver = Target.registered(
                ONE, Registration.builder("http://h").lease(Duration.ZERO).build(), NOW);
        save(forEver, state);
        assertThat(load()).containsExactly(new WatchedTarget(forEver, state));
    }

    @Test
    void savingAgainReplacesTheRegistrationAndKeepsTheState() {
        save(target(ONE), state(State.UNHEALTHY));
        Target renewed =
                target(ONE).renewed(Registration.builder("http://other").build(), NOW.plusSeconds(60));
        store().write(new Batch(List.of(), List.of(renewed), Map.of(), List.of()));
        assertThat(load()).containsExactly(new WatchedTarget(renewed, state(State.UNHEALTHY)));
    }

    @Test
    void aStateReplacesTheOneBefore() {
        save(target(ONE), state(State.DEGRADED));
        store().write(new Batch(List.of(), List.of(), Map.of(ONE, state(State.UNHEALTHY)), List.of()));
        assertThat(load()).containsExactly(new WatchedTarget(target(ONE), state(State.UNHEALTHY)));
    }

    @Test
    void removesATargetWithItsStateButNotItsChanges() {
        save(target(ONE), state(State.UNHEALTHY));
        Change change = change(ONE, State.UNHEALTHY, State.UNKNOWN, 9);
        store().write(new Batch(List.of(ONE, TWO), List.of(), Map.of(), List.of(change)));
        assertThat(load()).isEmpty();
        assertThat(store().changes(ONE, 10)).containsExactly(change);
        store().write(new Batch(List.of(), List.of(target(ONE)), Map.of(), List.of()));
        assertThat(load()).containsExactly(new WatchedTarget(target(ONE), TargetState.start(NOW)));
    }

    @Test
    void returnsTheNewestChangesOfOneTargetFirst() {
        Change first = change(ONE, State.UNKNOWN, State.HEALTHY, 1);
        Change second = change(ONE, State.HEALTHY, State.DEGRADED, 1);
        Change third = change(ONE, State.DEGRADED, State.UNHEALTHY, 2);
        Change other = change(TWO, State.UNKNOWN, State.HEALTHY, 3);
        store().write(new Batch(List.of(), List.of(), Map.of(), List.of(first, second, other)));
        store().write(new Batch(List.of(), List.of(), Map.of(), List.of(third)));
        assertThat(store().changes(ONE, 2)).containsExactly(third, second);
        assertThat(store().changes(ONE, 20)).containsExactly(third, second, first);
    }

    @Test
    void keepsEverythingWhenOpenedAgain() {
        save(target(ONE), state(State.UNHEALTHY));
        Change change = change(ONE, State.UNKNOWN, State.UNHEALTHY, 1);
        store().write(new Batch(List.of(), List.of(), Map.of(), List.of(change)));
        reopen();
        assertThat(load()).containsExactly(new WatchedTarget(target(ONE), state(State.UNHEALTHY)));
        assertThat(store().changes(ONE, 10)).containsExactly(change);
    }

    private static SecretRow secret(String name) {
        return new SecretRow(SecretStore.owner(ONE), name, "key", "nonce", "text of " + name);
    }

    private static Target withPassword() {
        ProbeSettings settings = target(ONE).settings();
        Probe probe = Registration.READER.storedProbe(
                "http", Map.of("url", "http://h", "user", "u"), Map.of("password", Secret.of("text of password")));
        return Target.registered(
                ONE,
                new ProbeSettings(
                        probe,
                        settings.interval(),
                        settings.timeout(),
                        settings.thresholds(),
                        List.of(),
                        Map.of(),
                        settings.lease()),
                NOW);
    }

    private void saveWithPassword(List<SecretRow> rows) {
        store().write(new Batch(
                        List.of(),
                        List.of(withPassword(), target(TWO)),
                        Map.of(ONE, TargetState.start(NOW), TWO, TargetState.start(NOW)),
                        List.of())
                .with(new Batch.Edits(
                        List.of(), List.of(), Map.of(SecretStore.owner(ONE), rows), List.of(), List.of())));
    }

    @Test
    void givesBackATargetWithItsSecrets() {
        saveWithPassword(List.of(secret("password"), secret("of an earlier version")));
        SecretStore.Opener opener = row -> Optional.of(Secret.of(row.ciphertext()));
        assertThat(new TargetStore(database, opener, Registration.READER).load().rows())
                .contains(new WatchedTarget(withPassword(), TargetState.start(NOW)));
    }

    @Test
    void aTargetWhoseSecretIsLostKeepsItsNameItsSettingsAndItsSecret() {
        saveWithPassword(List.of(secret("password")));
        Loaded<WatchedTarget> loaded = store().load();
        assertThat(loaded.rows()).extracting(WatchedTarget::id).containsExactlyInAnyOrder(ONE, TWO);
        Target unreadable = loaded.rows().stream()
                .map(WatchedTarget::target)
                .filter(target -> target.id().equals(ONE))
                .findFirst()
                .orElseThrow();
        assertThat(unreadable.probe()).isInstanceOf(UnreadableProbe.class);
        assertThat(unreadable.probe().fields()).isEqualTo(withPassword().probe().fields());
        assertThat(unreadable.interval()).isEqualTo(withPassword().interval());
        // Storing it again changes nothing.
        store().write(new Batch(List.of(), List.of(unreadable), Map.of(), List.of()));
        SecretStore.Opener opener = row -> Optional.of(Secret.of(row.ciphertext()));
        assertThat(new TargetStore(database, opener, Registration.READER).load().rows())
                .contains(new WatchedTarget(withPassword(), TargetState.start(NOW)));
        assertThat(loaded.unreadable()).containsOnlyKeys(ONE);
        assertThat(loaded.unreadable().get(ONE)).contains("password");
    }

    @Test
    void keepsAllOfABatchOrNothing() {
        Batch bad = new Batch(
                        List.of(),
                        List.of(target(ONE)),
                        Map.of(TWO, state(State.HEALTHY)),
                        List.of(change(ONE, State.UNKNOWN, State.HEALTHY, 1)))
                .with(new Batch.Edits(
                        List.of(),
                        List.of(),
                        Map.of(SecretStore.owner(ONE), List.of(secret("a"))),
                        List.of(),
                        List.of(TestDatabase.ENTRY)));
        assertThatThrownBy(() -> store().write(bad)).isInstanceOf(RuntimeException.class);
        assertThat(load()).isEmpty();
        assertThat(store().changes(ONE, 10)).isEmpty();
        assertThat(new SecretStore(database).secrets()).isEmpty();
        assertThat(new AuditStore(database).entries(AuditFilter.newest(1))).isEmpty();
    }
}
