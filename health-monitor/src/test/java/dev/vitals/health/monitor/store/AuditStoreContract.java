package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit log, on any database. */
abstract class AuditStoreContract extends DatabaseContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private static AuditEntry entry(int second, String actor, String action, String object) {
        return new AuditEntry(0, NOW.plusSeconds(second), actor, "10.0.0.1", action, object, "detail", "ok");
    }

    private void fill() {
        new AuditStore(database)
                .add(List.of(
                        entry(1, "user:a", "gate.open", "gate:1"),
                        entry(2, "user:b", "gate.open", "gate:2"),
                        entry(3, "user:a", "check.create", "check:1")));
    }

    private List<String> objects(AuditFilter filter) {
        return new AuditStore(database)
                .entries(filter).stream().map(AuditEntry::object).toList();
    }

    @Test
    void returnsWholeEntriesTheNewestFirst() {
        fill();
        reopen();
        List<AuditEntry> entries = new AuditStore(database).entries(AuditFilter.newest(2));
        assertThat(entries).extracting(AuditEntry::object).containsExactly("check:1", "gate:2");
        assertThat(entries.get(0))
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(entry(3, "user:a", "check.create", "check:1"));
        assertThat(objects(new AuditFilter(entries.get(1).id(), null, null, null, null, null, 9)))
                .containsExactly("gate:1");
    }

    @Test
    void filtersByEachCriterion() {
        fill();
        long all = Long.MAX_VALUE;
        assertThat(objects(new AuditFilter(all, "user:a", null, null, null, null, 9)))
                .containsExactly("check:1", "gate:1");
        assertThat(objects(new AuditFilter(all, null, "gate.open", null, null, null, 9)))
                .containsExactly("gate:2", "gate:1");
        assertThat(objects(new AuditFilter(all, null, null, "gate:2", null, null, 9)))
                .containsExactly("gate:2");
        assertThat(objects(new AuditFilter(all, null, null, null, NOW.plusSeconds(2), NOW.plusSeconds(3), 9)))
                .containsExactly("gate:2");
    }

    @Test
    void refusesToChangeOrDeleteAnEntry() {
        fill();
        for (String sql : List.of("DELETE FROM audit", "UPDATE audit SET actor = 'nobody'")) {
            assertThatThrownBy(() -> database.write(handle -> handle.execute(sql)))
                    .hasStackTraceContaining("append-only");
        }
        assertThat(objects(AuditFilter.newest(9))).hasSize(3);
    }
}
