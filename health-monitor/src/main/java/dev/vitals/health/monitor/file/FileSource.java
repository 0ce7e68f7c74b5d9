package dev.vitals.health.monitor.file;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has watched what the operator's file says, and looks every few seconds whether it says something else now. A file with
 * problems changes nothing: what was good last stays in force. Thread-safe; all reading is done by one thread of its own.
 */
public final class FileSource implements AutoCloseable {
    /** The time between two looks at the file. */
    public static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(FileSource.class);

    private final ExecutorService reader = Executors.newSingleThreadExecutor(Threads.daemon("monitor-file-"));
    private final @Nullable Path file;
    private final Scheduler scheduler;
    private final Registry registry;
    private final InstantSource clock;
    private volatile FileStatus status;
    private volatile boolean closed;

    // Touched by the reader alone, and by start() before it.
    private @Nullable FileFingerprint stamp;
    private List<FileProblem> told = List.of();

    /** Creates one that does nothing yet; without a file it only removes what an earlier one has left. */
    public FileSource(@Nullable Path file, Scheduler scheduler, Registry registry, InstantSource clock) {
        this.file = file;
        this.scheduler = scheduler;
        this.registry = registry;
        this.clock = clock;
        this.status = new FileStatus(file == null ? null : file.toString(), null, 0, null, List.of());
    }

    /**
     * Brings the targets to what the file says, and begins to look at it.
     *
     * @throws BadFileException if anything is wrong with the file: at the start there is no last good one
     */
    public void start() throws BadFileException {
        if (file == null) {
            remove();
            return;
        }
        load(file, null);
        lookLater(file);
    }

    private void remove() {
        Set<TargetId> left = inForce().keySet();
        if (!left.isEmpty()) {
            registry.configure(Source.FILE, Map.of(), left, "there is no file any longer", null)
                    .join();
        }
    }

    private void lookLater(Path path) {
        if (!closed) {
            // Planning anew can be given up: there is nothing to call off after the end.
            Scheduler.Cancellation unused = scheduler.schedule(
                    () -> {
                        look(path);
                        lookLater(path);
                    },
                    LOOK_INTERVAL);
        }
    }

    private void look(Path path) {
        if (!closed) {
            try {
                reader.execute(() -> {
                    FileFingerprint before = stamp;
                    if (before == null || FileFingerprint.of(path).mayDifferFrom(before)) {
                        reread(path);
                    }
                });
            } catch (RejectedExecutionException e) {
                log.debug("closed meanwhile", e);
            }
        }
    }

    /**
     * Reads the file now. The future returns what has changed, or fails with a {@link BadFileException}.
     *
     * @param entry makes the entry in the audit log, which is stored with the change; not called if nothing changes
     */
    public CompletableFuture<Plan> reload(Function<Plan, AuditEntry> entry) {
        Path path = file;
        if (path == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is no file"));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return load(path, entry);
                    } catch (BadFileException e) {
                        tell(e);
                        throw new CompletionException(e);
                    }
                },
                reader);
    }

    private void reread(Path path) {
        try {
            Plan plan = load(path, null);
            if (!plan.isEmpty() || !told.isEmpty()) {
                log.info("{}: {} added, {} changed, {} removed", path, plan.added(), plan.changed(), plan.removed());
            }
            told = List.of();
        } catch (BadFileException e) {
            tell(e);
        } catch (RuntimeException e) {
            // Such as a store that fails: the next look tries again.
            stamp = null;
            log.warn("{} could not be brought into force: {}", path, e.toString());
        }
    }

    private void tell(BadFileException e) {
        if (!e.problems().equals(told)) {
            told = e.problems();
            log.warn("the last good file stays in force:\n{}", e.getMessage());
        }
    }

    private Plan load(Path path, @Nullable Function<Plan, AuditEntry> entry) throws BadFileException {
        FileFingerprint now = FileFingerprint.of(path);
        Instant readAt = clock.instant();
        try {
            ServicesFile content = ServicesFile.open(path);
            Map<TargetId, ProbeSettings> after = content.targets();
            content.refuseTaken(this::isTaken);
            Map<TargetId, ProbeSettings> before = inForce();
            Plan plan = Plan.between(before, after);
            if (!plan.isEmpty()) {
                Set<TargetId> gone = new HashSet<>(before.keySet());
                gone.removeAll(after.keySet());
                Map<TargetId, ProbeSettings> changed = changed(before, after);
                AuditEntry audit = entry == null ? null : entry.apply(plan);
                registry.configure(Source.FILE, changed, gone, "not in the file any longer", audit)
                        .join();
            }
            stamp = now;
            status = new FileStatus(path.toString(), readAt, after.size(), readAt, List.of());
            return plan;
        } catch (BadFileException e) {
            stamp = now;
            status = new FileStatus(path.toString(), status.loadedAt(), status.targets(), readAt, e.problems());
            throw e;
        }
    }

    private static Map<TargetId, ProbeSettings> changed(
            Map<TargetId, ProbeSettings> before, Map<TargetId, ProbeSettings> after) {
        Map<TargetId, ProbeSettings> changed = new TreeMap<>(after);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changed;
    }

    private boolean isTaken(TargetId id) {
        return registry.target(id)
                .filter(tracked -> tracked.target().source() != Source.FILE)
                .isPresent();
    }

    private Map<TargetId, ProbeSettings> inForce() {
        Map<TargetId, ProbeSettings> inForce = new TreeMap<>();
        for (WatchedTarget tracked : registry.targets()) {
            if (tracked.target().source() == Source.FILE) {
                inForce.put(tracked.id(), tracked.target().settings());
            }
        }
        return inForce;
    }

    /** Returns how the file stands. */
    public FileStatus status() {
        return status;
    }

    /** Looks at the file no longer. */
    @Override
    public void close() {
        closed = true;
        reader.shutdown();
    }
}
