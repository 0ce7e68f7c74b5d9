package dev.vitals.health.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.store.AuditStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AuditLogTest {
    private static final Actor ALICE = new Actor("user:alice", "10.0.0.1");

    private final Kept store = new Kept();
    private final AuditLog audit = new AuditLog(store, () -> Instant.parse("2026-01-01T00:00:00.123456Z"));

    /** Keeps what is added, batch by batch; waits and fails when told to. */
    private static final class Kept implements AuditStore {
        private final List<List<AuditEntry>> batches = new ArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean failing;

        @Override
        public void add(List<AuditEntry> entries) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failing) {
                throw new IllegalStateException("the disk is full");
            }
            synchronized (batches) {
                batches.add(List.copyOf(entries));
            }
        }

        @Override
        public List<AuditEntry> entries(AuditFilter filter) {
            return List.of();
        }

        List<String> objects() {
            synchronized (batches) {
                return batches.stream()
                        .flatMap(List::stream)
                        .map(AuditEntry::object)
                        .toList();
            }
        }
    }

    @Test
    @Timeout(20)
    void whenItReturnsTheEntryIsStored() {
        audit.record(ALICE, "gate.open", "gate:1", "for release 7");
        assertThat(store.batches)
                .containsExactly(List.of(new AuditEntry(
                        0,
                        Instant.parse("2026-01-01T00:00:00.123Z"),
                        "user:alice",
                        "10.0.0.1",
                        "gate.open",
                        "gate:1",
                        "for release 7",
                        "ok")));
    }

    @Test
    @Timeout(20)
    void whatArrivesWhileOthersAreStoredIsStoredTogetherAndInOrder() {
        store.gate = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            all.add(audit.add(ALICE, "a", "o" + i, ""));
            expected.add("o" + i);
        }
        assertThat(all).noneMatch(CompletableFuture::isDone);
        store.gate.countDown();
        all.forEach(CompletableFuture::join);
        assertThat(store.objects()).isEqualTo(expected);
        assertThat(store.batches).hasSizeLessThan(10).allMatch(batch -> batch.size() <= 500);
    }

    @Test
    @Timeout(20)
    void nobodyIsForgottenHoweverManyAddAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 500; j++) {
                    audit.record(ALICE, "a", "o", "");
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(store.objects()).hasSize(4_000);
    }

    @Test
    @Timeout(20)
    void whoeverWaitsIsToldThatItCouldNotBeStoredAndTheNextOneIs() {
        store.failing = true;
        assertThatThrownBy(() -> audit.record(ALICE, "a", "o1", "")).hasRootCauseMessage("the disk is full");
        store.failing = false;
        audit.record(ALICE, "a", "o2", "");
        assertThat(store.objects()).containsExactly("o2");
    }

    @Test
    void textsAreOneLineAndBounded() {
        AuditEntry entry = audit.entry(ALICE, "a", "o".repeat(400), "one\ntwo\u0000" + "x".repeat(2_000));
        assertThat(entry.object()).hasSize(303);
        assertThat(entry.detail()).startsWith("one?two?x").hasSize(1_003);
    }
}
