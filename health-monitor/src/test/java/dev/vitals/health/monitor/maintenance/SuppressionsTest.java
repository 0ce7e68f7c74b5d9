package dev.vitals.health.monitor.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.SuppressionStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance windows and silences over a real database. */
class SuppressionsTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path directory;

    private Database database;
    private Suppressions suppressions;

    @BeforeEach
    void open() {
        database = Database.sqlite(directory.resolve("monitor.db"));
        suppressions = new Suppressions(new SuppressionStore(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Instant at(int minute) {
        return T0.plusSeconds(minute * 60L);
    }

    private static TimeRange range(int from, int to) {
        return new TimeRange(at(from), at(to));
    }

    private static Target target(String machine) {
        return Target.registered(
                new TargetId("orders", machine),
                Registration.builder("http://h").label("machine", machine).build(),
                T0);
    }

    private static Suppression once(String id, SuppressionKind kind, String host, TimeRange range, int madeAt) {
        Selection selection = new Selection(host, null, Map.of(), new TreeSet<>());
        return new Suppression(
                id,
                kind,
                "name of " + id,
                selection,
                new OneTimeSchedule(range),
                new Attribution("anna", "why", at(madeAt)));
    }

    @Test
    void aSuppressionIsInEffectForItsTargetsAndItsTimes() {
        suppressions
                .add(once("w", SuppressionKind.MAINTENANCE, "m1", range(10, 20), 0))
                .join();
        suppressions
                .add(once("s", SuppressionKind.SILENCE, "m1", range(15, 30), 0))
                .join();
        assertThat(suppressions.suppressed(target("m1"), at(9))).isEmpty();
        assertThat(suppressions.suppressed(target("m2"), at(10))).isEmpty();
        assertThat(suppressions.suppressed(target("m1"), at(10))).hasToString("Optional[maintenance name of w]");
        Suppressed both = suppressions.suppressed(target("m1"), at(15)).orElseThrow();
        assertThat(both.maintenance().until()).isEqualTo(at(20));
        assertThat(both.silence().until()).isEqualTo(at(30));
        assertThat(suppressions.suppressed(target("m1"), at(20))).hasToString("Optional[silenced name of s]");
        assertThat(suppressions.suppressed(target("m1"), at(30))).isEmpty();
    }

    @Test
    void timesOfMaintenanceAreMergedAndHaveNoSilences() {
        suppressions
                .add(once("a", SuppressionKind.MAINTENANCE, "m1", range(10, 20), 0))
                .join();
        suppressions
                .add(once("b", SuppressionKind.MAINTENANCE, "m1", range(15, 30), 0))
                .join();
        suppressions
                .add(once("c", SuppressionKind.MAINTENANCE, "m1", range(30, 35), 0))
                .join();
        suppressions
                .add(once("d", SuppressionKind.MAINTENANCE, "m1", range(40, 50), 0))
                .join();
        suppressions
                .add(once("s", SuppressionKind.SILENCE, "m1", range(0, 60), 0))
                .join();
        assertThat(suppressions.maintenance(target("m1"), range(12, 45))).containsExactly(range(12, 35), range(40, 45));
        assertThat(suppressions.maintenance(target("m2"), range(12, 45))).isEmpty();
    }

    @Test
    void thePastStaysAsItWasWhenAWindowIsChangedOrRemoved() {
        suppressions
                .add(once("w", SuppressionKind.MAINTENANCE, "m1", range(10, 40), 0))
                .join();
        assertThat(suppressions
                        .replace(once("w", SuppressionKind.MAINTENANCE, "m1", range(30, 50), 20))
                        .join())
                .isPresent();
        assertThat(suppressions.maintenance(target("m1"), range(0, 60))).containsExactly(range(10, 20), range(30, 50));
        assertThat(suppressions.remove(SuppressionKind.MAINTENANCE, "w", at(35)).join())
                .isTrue();
        assertThat(suppressions.maintenance(target("m1"), range(0, 60))).containsExactly(range(10, 20), range(30, 35));
        assertThat(suppressions.suppressed(target("m1"), at(36))).isEmpty();
        assertThat(suppressions.remove(SuppressionKind.MAINTENANCE, "w", at(36)).join())
                .isFalse();
        assertThat(suppressions.all(SuppressionKind.MAINTENANCE)).isEmpty();

        suppressions = new Suppressions(new SuppressionStore(database));
        assertThat(suppressions.maintenance(target("m1"), range(0, 60)))
                .as("after a restart")
                .containsExactly(range(10, 20), range(30, 35));
    }

    @Test
    void aWindowCannotBeDeclaredAfterTheFact() {
        suppressions
                .add(once("w", SuppressionKind.MAINTENANCE, "m1", range(-30, 30), 5))
                .join();
        assertThat(suppressions.maintenance(target("m1"), range(-60, 60))).containsExactly(range(5, 30));
    }

    @Test
    void aChangeInTheMillisecondOfTheCreationLeavesOneVersion() {
        suppressions
                .add(once("w", SuppressionKind.MAINTENANCE, "m1", range(10, 40), 0))
                .join();
        Suppression other = once("w", SuppressionKind.MAINTENANCE, "m1", range(20, 30), 0);
        suppressions.replace(other).join();
        assertThat(suppressions.find(SuppressionKind.MAINTENANCE, "w")).hasValue(other);
        assertThat(new SuppressionStore(database).load()).hasSize(1);
    }

    @Test
    void survivesARestart() {
        Suppression one = once("s", SuppressionKind.SILENCE, "m1", range(10, 20), 0);
        suppressions.add(one).join();
        assertThat(new Suppressions(new SuppressionStore(database)).all(SuppressionKind.SILENCE))
                .containsExactly(one);
        assertThat(suppressions.find(SuppressionKind.MAINTENANCE, "s"))
                .as("another kind")
                .isEmpty();
    }

    @Test
    void aSuppressionThatCannotBeStoredIsNotAdded() {
        database.close();
        assertThatThrownBy(() -> suppressions
                        .add(once("s", SuppressionKind.SILENCE, "m1", range(10, 20), 0))
                        .join())
                .isInstanceOf(RuntimeException.class);
        assertThat(suppressions.all(SuppressionKind.SILENCE)).isEmpty();
        open();
    }

    @Test
    void versionsOlderThanAYearAreForgotten() {
        suppressions
                .add(once("w", SuppressionKind.MAINTENANCE, "m1", range(10, 20), 0))
                .join();
        suppressions.remove(SuppressionKind.MAINTENANCE, "w", at(30)).join();
        int days = 401 * 24 * 60;
        suppressions
                .add(once("v", SuppressionKind.MAINTENANCE, "m1", range(days, days + 5), days))
                .join();
        assertThat(suppressions.maintenance(target("m1"), range(0, 60))).isEmpty();
        assertThat(new SuppressionStore(database).load()).hasSize(1);
    }
}
