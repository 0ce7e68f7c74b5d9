package dev.vitals.health.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static WatchedTarget watched(State state, Instant since, Duration lease) {
        ProbeSettings settings = Registration.builder("http://a").lease(lease).build();
        Target target = Target.registered(new TargetId("orders", "m1"), settings, START);
        return new WatchedTarget(target, new TargetState(StreakCounts.of(state, 0, 0, 0), state, since, null, null));
    }

    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private boolean forgotten(WatchedTarget watched, Instant monitorStart, Instant now) {
        Table table = new Table();
        table.put(watched);
        UncommittedStates uncommitted = new UncommittedStates(
                table,
                History.open(database.history(), () -> START, ObservedValues.NONE)
                        .recorder(),
                new SeenJournal(0, new Moment(START, 0)));
        RegistryTransaction transaction = new RegistryTransaction(table, uncommitted, () -> new Moment(now, 0));
        boolean any = new Leases(HOUR, monitorStart).sweep(List.of(watched), transaction) == 1;
        assertThat(transaction.target(watched.id()) == null).isEqualTo(any);
        return any;
    }

    private boolean forgottenAt(WatchedTarget watched, Duration afterStart) {
        return forgotten(watched, START, START.plus(afterStart));
    }

    @Test
    void countsFromTheEndOfTheLease() {
        WatchedTarget gone = watched(State.UNHEALTHY, START, Duration.ofSeconds(90));
        assertThat(forgottenAt(gone, HOUR.plusSeconds(89))).isFalse();
        assertThat(forgottenAt(gone, HOUR.plusSeconds(90))).isTrue();
    }

    @Test
    void countsFromTheChangeIfThatIsLater() {
        WatchedTarget gone = watched(State.UNHEALTHY, START.plusSeconds(600), Duration.ofSeconds(90));
        assertThat(forgottenAt(gone, HOUR.plusSeconds(599))).isFalse();
        assertThat(forgottenAt(gone, HOUR.plusSeconds(600))).isTrue();
    }

    @Test
    void theTimeBeforeTheMonitorRanDoesNotCount() {
        WatchedTarget gone = watched(State.UNKNOWN, START, Duration.ofSeconds(90));
        Instant restart = START.plus(Duration.ofDays(3));
        assertThat(forgotten(gone, restart, restart.plus(HOUR).minusSeconds(1))).isFalse();
        assertThat(forgotten(gone, restart, restart.plus(HOUR))).isTrue();
    }

    @Test
    void staysWhileItAnswersOrHasNoLease() {
        assertThat(forgottenAt(watched(State.HEALTHY, START, Duration.ofSeconds(90)), Duration.ofDays(9)))
                .isFalse();
        assertThat(forgottenAt(watched(State.DEGRADED, START, Duration.ofSeconds(90)), Duration.ofDays(9)))
                .isFalse();
        assertThat(forgottenAt(watched(State.UNHEALTHY, START, Duration.ZERO), Duration.ofDays(9)))
                .isFalse();
    }
}
