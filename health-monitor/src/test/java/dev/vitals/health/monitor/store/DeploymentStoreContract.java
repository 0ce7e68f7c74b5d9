package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.Deployment.Event;
import dev.vitals.health.monitor.model.Deployment.Kind;
import dev.vitals.health.monitor.model.Deployment.State;
import dev.vitals.health.monitor.store.DeploymentStore.Filter;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deployments, on any database. */
abstract class DeploymentStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Filter ALL = new Filter(null, null, null, null);

    private static Deployment running(String id, String app, @Nullable String instance, int seconds) {
        Instant at = NOW.plusSeconds(seconds);
        return new Deployment(id, app, instance, null, "1.4", "ci", State.RUNNING, at, at, null, null, 0);
    }

    private static List<Event> lines(Deployment to, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Event(to.nextNumber() + i, NOW, Kind.LOG, "line ä 😀 " + (to.lines() + i)))
                .toList();
    }

    private List<String> ids(Filter filter, int limit) {
        return new DeploymentStore(database)
                .list(filter, limit).stream().map(Deployment::id).toList();
    }

    @Test
    void givesBackWhatWasSaved() {
        Deployment started =
                new Deployment("d1", "orders", "m1", "g1", "1.4", "ci", State.RUNNING, NOW, NOW, null, null, 0);
        Event first = new Event(1, NOW, Kind.STARTED, "1.4");
        new DeploymentStore(database).save(started, List.of(first));
        Deployment ended =
                started.logged(2, NOW.plusSeconds(1)).ended(State.FAILED, "no space ä 😀", NOW.plusSeconds(2));
        List<Event> more = lines(started, 2);
        new DeploymentStore(database).save(ended, more);
        reopen();
        DeploymentStore store = new DeploymentStore(database);
        assertThat(store.find("d1")).hasValue(ended);
        assertThat(store.find("d2")).isEmpty();
        assertThat(store.events("d1")).containsExactly(first, more.get(0), more.get(1));
    }

    @Test
    void keepsTheNewestLinesAndTheStart() {
        DeploymentStore store = new DeploymentStore(database);
        Deployment one = running("d1", "orders", null, 0);
        store.save(one, List.of(new Event(1, NOW, Kind.STARTED, "")));
        for (int i = 0; i < 3; i++) {
            List<Event> lines = lines(one, 400);
            one = one.logged(400, NOW);
            store.save(one, lines);
        }
        List<Event> events = store.events("d1");
        assertThat(events).hasSize(1 + Deployment.MAX_LINES);
        assertThat(events.get(0).kind()).isEqualTo(Kind.STARTED);
        assertThat(events.get(1).text()).endsWith(" 200");
        assertThat(events.get(events.size() - 1).text()).endsWith(" 1199");
        assertThat(one.droppedLines()).isEqualTo(200);
    }

    @Test
    void listsTheNewestFirstByEachCondition() {
        DeploymentStore store = new DeploymentStore(database);
        store.save(running("a", "orders", "m1", 1), List.of());
        store.save(running("b", "orders", "m2", 2), List.of());
        store.save(running("c", "orders", null, 3).ended(State.COMPLETED, null, NOW), List.of());
        store.save(
                new Deployment("d", "shop", null, "g1", null, null, State.RUNNING, NOW, NOW, null, null, 0), List.of());
        assertThat(ids(ALL, 10)).containsExactly("c", "b", "a", "d");
        assertThat(ids(ALL, 2)).containsExactly("c", "b");
        assertThat(ids(new Filter("orders", null, null, null), 10)).containsExactly("c", "b", "a");
        assertThat(ids(new Filter("orders", "m1", null, null), 10)).containsExactly("c", "a");
        assertThat(ids(new Filter(null, null, "g1", null), 10)).containsExactly("d");
        assertThat(ids(new Filter("orders", null, null, State.COMPLETED), 10)).containsExactly("c");
        assertThat(store.running()).isEqualTo(3);
    }

    @Test
    void findsSilentOnesThatRun() {
        DeploymentStore store = new DeploymentStore(database);
        store.save(running("old", "orders", null, 0), List.of());
        store.save(running("new", "orders", null, 60), List.of());
        store.save(running("ended", "orders", null, 0).ended(State.COMPLETED, null, NOW), List.of());
        assertThat(store.silent(NOW.plusSeconds(30), 10))
                .extracting(Deployment::id)
                .containsExactly("old");
    }

    @Test
    void forgetsOldAndManyWithTheirEventsButNoneThatRuns() {
        DeploymentStore store = new DeploymentStore(database);
        Event event = new Event(1, NOW, Kind.STARTED, "");
        store.save(running("old", "shop", null, 0).ended(State.COMPLETED, null, NOW.minusSeconds(9)), List.of(event));
        store.save(running("runs", "orders", null, 0), List.of(event));
        for (int i = 1; i <= 3; i++) {
            store.save(running("d" + i, "orders", null, i).ended(State.FAILED, "x", NOW), List.of(event));
        }
        store.forget(NOW, "orders", 2);
        assertThat(ids(ALL, 10)).containsExactly("d3", "d2", "runs");
        assertThat(store.events("old")).isEmpty();
        assertThat(store.events("d1")).isEmpty();
        assertThat(store.events("d3")).containsExactly(event);
    }
}
