package dev.vitals.health.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static WatchedTarget watched(Source source, String app, String instance, State state, String... labels) {
        Registration builder = Registration.builder("http://a");
        for (int i = 0; i < labels.length; i += 2) {
            builder.label(labels[i], labels[i + 1]);
        }
        Target target = Target.configured(new TargetId(app, instance), source, builder.build(), NOW);
        return new WatchedTarget(target, new TargetState(StreakCounts.of(state, 0, 0, 0), state, NOW, null, null));
    }

    private final List<WatchedTarget> targets = List.of(
            watched(Source.REGISTRATION, "orders", "1", State.HEALTHY, "machine", "m1", "cluster", "a"),
            watched(Source.REGISTRATION, "orders", "2", State.DEGRADED, "machine", "m2", "cluster", "a"),
            watched(Source.FILE, "stock", "m1", State.UNHEALTHY, "machine", "m1", "cluster", "a"),
            watched(Source.FILE, "mail", "m3", State.UNKNOWN, "machine", "m3", "environment", "test"),
            watched(Source.HOST, "m1", "disk", State.HEALTHY, "machine", "m1"));

    @Test
    void aServiceIsTheAppUnlessLabelledAndHostChecksHaveNone() {
        assertThat(Grouping.by("service", targets).keySet()).containsExactly("mail", "orders", "stock");
        WatchedTarget labelled = watched(Source.HOST, "m1", "web", State.HEALTHY, "service", "shop");
        assertThat(Grouping.by("service", List.of(labelled)).keySet()).containsExactly("shop");
    }

    @Test
    void aGroupHasTheStateOfItsWorstTargetAndCountsAll() {
        Grouping.Summary machine =
                Grouping.summary(Grouping.by("machine", targets).get("m1"));
        assertThat(machine.worst()).contains(State.UNHEALTHY);
        assertThat(machine.status()).isEqualTo(Status.FAIL);
        assertThat(machine.total()).isEqualTo(3);
        assertThat(machine.counts())
                .isEqualTo(Map.of(State.HEALTHY, 2, State.UNHEALTHY, 1, State.DEGRADED, 0, State.UNKNOWN, 0));
    }

    @Test
    void aClusterCountsItsMachines() {
        Grouping.Summary machines =
                Grouping.machines(Grouping.by("cluster", targets).get("a"));
        assertThat(machines.counts())
                .containsEntry(State.UNHEALTHY, 1)
                .containsEntry(State.DEGRADED, 1)
                .containsEntry(State.HEALTHY, 0);
        assertThat(machines.total()).isEqualTo(2);
    }

    @Test
    void unknownIsWorseThanDegraded() {
        Grouping.Summary summary = Grouping.Summary.of(List.of(State.DEGRADED, State.UNKNOWN, State.HEALTHY));
        assertThat(summary.worst()).contains(State.UNKNOWN);
        assertThat(summary.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void noTargetsArePass() {
        assertThat(Grouping.Summary.of(List.of()).status()).isEqualTo(Status.PASS);
        assertThat(Grouping.Summary.of(List.of()).worst()).isEmpty();
        assertThat(Grouping.labels(List.of())).containsExactly("cluster", "machine", "service");
    }

    @Test
    void anyLabelGroups() {
        assertThat(Grouping.labels(targets)).containsExactly("cluster", "environment", "machine", "service");
        assertThat(Grouping.by("environment", targets).keySet()).containsExactly("test");
    }
}
