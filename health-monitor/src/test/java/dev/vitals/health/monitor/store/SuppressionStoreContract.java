package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.store.SuppressionStore.SuppressionRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Maintenance windows and silences, on any database. */
abstract class SuppressionStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private static SuppressionRow version(String id, int from, @Nullable Integer until, String reason) {
        return new SuppressionRow(
                id,
                "silence",
                NOW.plusSeconds(from),
                until == null ? null : NOW.plusSeconds(until),
                Map.of("reason", reason));
    }

    private List<SuppressionRow> load() {
        return new SuppressionStore(database).load();
    }

    @Test
    void givesBackAllVersionsInTheOrderOfTheirStart() {
        new SuppressionStore(database)
                .write(List.of(version("b", 2, null, "x"), version("a", 1, 2, "y")), Instant.EPOCH);
        reopen();
        assertThat(load()).containsExactly(version("a", 1, 2, "y"), version("b", 2, null, "x"));
    }

    @Test
    void replacesTheVersionWithTheSameStartAndDeletesOldOnes() {
        SuppressionStore store = new SuppressionStore(database);
        store.write(List.of(version("a", 1, null, "x"), version("b", 1, 2, "y")), Instant.EPOCH);
        store.write(List.of(version("a", 1, 5, "x"), version("a", 5, null, "z")), NOW.plusSeconds(3));
        assertThat(load()).containsExactly(version("a", 1, 5, "x"), version("a", 5, null, "z"));
    }
}
