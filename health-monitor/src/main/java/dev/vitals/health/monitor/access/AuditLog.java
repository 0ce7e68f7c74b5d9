package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.SerialQueue;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.store.AuditStore;
import dev.vitals.health.monitor.store.FailureLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log. Entries that arrive while others are being stored are stored together. Thread-safe. */
public final class AuditLog {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int CAPACITY = 65_536;
    private static final int MAX_BATCH = 500;
    private static final int MAX_OBJECT = 300;
    private static final int MAX_DETAIL = 1_000;
    private static final String OK = "ok";
    private static final String REFUSED = "refused";

    private final FailureLog failures = new FailureLog(log, "the storing of the audit log");
    private final SerialQueue<Waiting> queue =
            new SerialQueue<>("audit log", Threads.workers("monitor-audit-"), CAPACITY, MAX_BATCH, this::write);
    private final AuditStore store;
    private final InstantSource clock;

    private record Waiting(AuditEntry entry, CompletableFuture<Void> stored) {}

    /** Keeps the log in that store. */
    public AuditLog(AuditStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Stores an entry in a separate transaction. Does not block; the future completes on another thread.
     *
     * @param actor who did it
     * @param action what was done, such as {@code gate.open}
     * @param object what it was done to, such as {@code host:db1}
     * @param detail more text; never a secret
     */
    public CompletableFuture<Void> add(Actor actor, String action, String object, String detail) {
        return add(entry(actor, action, object, detail));
    }

    /** Adds an entry for something that was refused. */
    CompletableFuture<Void> refused(Actor actor, String action, String object, String detail) {
        return add(entry(actor, action, object, detail, REFUSED));
    }

    /** Returns the entries that match the filter, the newest first. */
    public List<AuditEntry> entries(AuditFilter filter) {
        return store.entries(filter);
    }

    /** Returns an entry for a change that is stored in the same transaction. */
    public AuditEntry entry(Actor actor, String action, String object, String detail) {
        return entry(actor, action, object, detail, OK);
    }

    private AuditEntry entry(Actor actor, String action, String object, String detail, String outcome) {
        return new AuditEntry(
                0,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                TextLine.clean(actor.name(), MAX_OBJECT),
                TextLine.clean(actor.address(), MAX_OBJECT),
                action,
                TextLine.clean(object, MAX_OBJECT),
                Redactor.clean(detail, MAX_DETAIL),
                outcome);
    }

    private CompletableFuture<Void> add(AuditEntry entry) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        if (!queue.add(new Waiting(entry, stored))) {
            stored.completeExceptionally(new IllegalStateException("too many entries of the audit log wait"));
        }
        return stored;
    }

    private void write(List<Waiting> batch) {
        try {
            store.add(batch.stream().map(Waiting::entry).toList());
        } catch (RuntimeException e) {
            failures.failed(e, "what waits for an entry is refused");
            batch.forEach(waiting -> waiting.stored().completeExceptionally(e));
            return;
        }
        failures.succeeded();
        batch.forEach(waiting -> waiting.stored().complete(null));
    }
}
