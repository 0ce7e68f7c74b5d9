package dev.vitals.health.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.store.AuditStore;
import dev.vitals.health.monitor.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Actor ALICE = new Actor("user:alice", "10.0.0.1");

    @TempDir
    Path directory;

    private TestDatabase database;
    private AuditLog audit;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        audit = new AuditLog(new AuditStore(database.database()), () -> Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void record(String object) {
        audit.add(ALICE, "a", object, "").join();
    }

    private List<String> objects() {
        List<String> objects = new ArrayList<>(audit.entries(AuditFilter.newest(10_000)).stream()
                .map(AuditEntry::object)
                .toList());
        Collections.reverse(objects);
        return objects;
    }

    @Test
    @Timeout(20)
    void whenTheFutureCompletesTheEntryIsStored() {
        audit.add(ALICE, "gate.open", "gate:1", "for release 7").join();
        assertThat(database.entries())
                .containsExactly(new AuditEntry(
                        1,
                        Instant.parse("2026-01-01T00:00:00.123Z"),
                        "user:alice",
                        "10.0.0.1",
                        "gate.open",
                        "gate:1",
                        "for release 7",
                        "ok"));
    }

    @Test
    @Timeout(20)
    void whatArrivesWhileOthersAreStoredIsStoredTogetherAndInOrder() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        int before = database.commits();
        AutoCloseable lock = database.lock();
        try {
            for (int i = 0; i < 1_200; i++) {
                all.add(audit.add(ALICE, "a", "o" + i, ""));
                expected.add("o" + i);
            }
            assertThat(all).noneMatch(CompletableFuture::isDone);
        } finally {
            lock.close();
        }
        all.forEach(CompletableFuture::join);
        assertThat(objects()).isEqualTo(expected);
        assertThat(database.commits() - before).isBetween(3, 9);
    }

    @Test
    @Timeout(20)
    void nobodyIsForgottenHoweverManyAddAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 500; j++) {
                    record("o");
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(objects()).hasSize(4_000);
    }

    @Test
    @Timeout(20)
    void whoeverWaitsIsToldThatItCouldNotBeStoredAndTheNextOneIs() {
        database.failing("audit", true);
        assertThatThrownBy(() -> record("o1")).hasStackTraceContaining("the disk is full");
        database.failing("audit", false);
        record("o2");
        assertThat(objects()).containsExactly("o2");
    }

    @Test
    void textsAreOneLineAndBounded() {
        AuditEntry entry = audit.entry(ALICE, "a", "o".repeat(400), "one\ntwo\u0000" + "x".repeat(2_000));
        assertThat(entry.object()).hasSize(303);
        assertThat(entry.detail()).startsWith("one two x").hasSize(1_003);
    }
}
