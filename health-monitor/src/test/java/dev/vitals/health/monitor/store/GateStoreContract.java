package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Gates, on any database. */
abstract class GateStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private static GateRow gate(String id, @Nullable Instant decided) {
        return new GateRow(
                id,
                decided == null ? "waiting" : "open",
                NOW,
                decided,
                Map.of("app", "orders", "passes", 3),
                Map.of("text", "ä 😀"),
                List.of("orders/m1"),
                List.of(Map.of("at", "now", "what", "created")));
    }

    private static GateRow withoutEvents(GateRow gate) {
        return new GateRow(
                gate.id(),
                gate.state(),
                gate.createdAt(),
                gate.decidedAt(),
                gate.gate(),
                gate.answer(),
                gate.gone(),
                List.of());
    }

    @Test
    void givesBackWhatWasSaved() {
        new GateStore(database).save(gate("g1", null), Instant.EPOCH);
        reopen();
        GateStore store = new GateStore(database);
        assertThat(store.waiting()).containsExactly(gate("g1", null));
        assertThat(store.find("g1")).hasValue(gate("g1", null));
        assertThat(store.find("g2")).isEmpty();
    }

    @Test
    void listsDecidedGatesTheNewestFirstWithoutTheirEvents() {
        GateStore store = new GateStore(database);
        store.save(gate("g1", null), Instant.EPOCH);
        store.save(gate("g1", NOW.plusSeconds(1)), Instant.EPOCH);
        store.save(gate("g2", NOW.plusSeconds(2)), Instant.EPOCH);
        store.save(gate("g3", null), Instant.EPOCH);
        assertThat(store.waiting()).containsExactly(gate("g3", null));
        assertThat(store.decided(9))
                .containsExactly(
                        withoutEvents(gate("g2", NOW.plusSeconds(2))), withoutEvents(gate("g1", NOW.plusSeconds(1))));
        assertThat(store.decided(1)).hasSize(1);
        assertThat(store.find("g1")).hasValue(gate("g1", NOW.plusSeconds(1)));
    }

    @Test
    void deletesGatesThatWereDecidedLongAgo() {
        GateStore store = new GateStore(database);
        store.save(gate("g1", NOW), Instant.EPOCH);
        store.save(gate("g2", null), NOW.plusSeconds(1));
        assertThat(store.find("g1")).isEmpty();
        assertThat(store.find("g2")).isPresent();
    }
}
