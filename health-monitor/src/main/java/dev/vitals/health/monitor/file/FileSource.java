package dev.vitals.health.monitor.file;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
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
 * Keeps the targets equal to those in the operator's services file, which it checks for changes every few seconds. A file
 * with problems changes nothing: the last good content stays in force. Thread-safe; a single thread reads the file.
 */
public final class FileSource implements AutoCloseable {
    /** The time between two checks of the file for changes. */
    public static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(FileSource.class);

    private final ExecutorService reader = Executors.newSingleThreadExecutor(Threads.daemon("monitor-file-"));
    private final @Nullable Path file;
    private final Scheduler scheduler;
    private final Registry registry;
    private final SettingsReader settings;
    private final InstantSource clock;
    private volatile FileStatus status;
    private volatile Scheduler.@Nullable Cancellation repeated;
    private volatile boolean closed;

    // Only the reader thread uses these, and start() before it.
    private @Nullable FileFingerprint fingerprint;
    private List<FileProblem> loggedProblems = List.of();

    /** Creates a source that is not started; without a file, it only removes the targets of an earlier file. */
    public FileSource(
            @Nullable Path file, SettingsReader settings, Scheduler scheduler, Registry registry, InstantSource clock) {
        this.settings = settings;
        this.file = file;
        this.scheduler = scheduler;
        this.registry = registry;
        this.clock = clock;
        this.status = new FileStatus(file == null ? null : file.toString(), null, 0, null, List.of());
    }

    /**
     * Loads the targets of the file, and begins to check it for changes.
     *
     * @throws BadFileException if the file has a problem: at the start, there is no last good content
     */
    public void start() throws BadFileException {
        if (file == null) {
            remove();
            return;
        }
        load(file, null);
        repeated = scheduler.repeat(() -> check(file), CHECK_INTERVAL);
    }

    private void remove() {
        Set<TargetId> left = inForce().keySet();
        if (!left.isEmpty()) {
            registry.configure(Source.FILE, Map.of(), left, "the monitor has no file any more", null)
                    .join();
        }
    }

    private void check(Path path) {
        if (!closed) {
            try {
                reader.execute(() -> {
                    FileFingerprint before = fingerprint;
                    if (before == null || FileFingerprint.of(path).mayDifferFrom(before)) {
                        reread(path);
                    }
                });
            } catch (RejectedExecutionException e) {
                log.debug("the file is not checked, because the monitor stops", e);
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
            return CompletableFuture.failedFuture(new IllegalStateException("the monitor has no file"));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return load(path, entry);
                    } catch (BadFileException e) {
                        report(e);
                        throw new CompletionException(e);
                    }
                },
                reader);
    }

    private void reread(Path path) {
        try {
            Plan plan = load(path, null);
            if (!plan.isEmpty() || !loggedProblems.isEmpty()) {
                log.info("{}: {} added, {} changed, {} removed", path, plan.added(), plan.changed(), plan.removed());
            }
            loggedProblems = List.of();
        } catch (BadFileException e) {
            report(e);
        } catch (RuntimeException e) {
            // Probably the store: the next check tries again.
            fingerprint = null;
            log.warn(
                    "the targets of {} could not be loaded, next try in {}: {}",
                    path,
                    DurationText.inWords(CHECK_INTERVAL),
                    e.toString());
        }
    }

    private void report(BadFileException e) {
        if (!e.problems().equals(loggedProblems)) {
            loggedProblems = e.problems();
            log.warn("the file has problems, its last good content stays in force:\n{}", e.getMessage());
        }
    }

    private Plan load(Path path, @Nullable Function<Plan, AuditEntry> entry) throws BadFileException {
        FileFingerprint now = FileFingerprint.of(path);
        Instant readAt = clock.instant();
        try {
            ServicesFile content = ServicesFile.open(path, settings);
            Map<TargetId, ProbeSettings> after = content.targets();
            content.refuseTaken(this::isTaken);
            Map<TargetId, ProbeSettings> before = inForce();
            Plan plan = Plan.between(before, after);
            if (!plan.isEmpty()) {
                Set<TargetId> gone = new HashSet<>(before.keySet());
                gone.removeAll(after.keySet());
                Map<TargetId, ProbeSettings> changed = changed(before, after);
                AuditEntry audit = entry == null ? null : entry.apply(plan);
                registry.configure(Source.FILE, changed, gone, "no longer in the file", audit)
                        .join();
            }
            fingerprint = now;
            status = new FileStatus(path.toString(), readAt, after.size(), readAt, List.of());
            return plan;
        } catch (BadFileException e) {
            fingerprint = now;
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
                .filter(watched -> watched.target().source() != Source.FILE)
                .isPresent();
    }

    private Map<TargetId, ProbeSettings> inForce() {
        Map<TargetId, ProbeSettings> inForce = new TreeMap<>();
        for (WatchedTarget watched : registry.targets()) {
            if (watched.target().source() == Source.FILE) {
                inForce.put(watched.id(), watched.target().settings());
            }
        }
        return inForce;
    }

    /** Returns the status of the file. */
    public FileStatus status() {
        return status;
    }

    /** Stops the checks. */
    @Override
    public void close() {
        closed = true;
        Scheduler.Cancellation checks = repeated;
        if (checks != null) {
            checks.cancel();
        }
        reader.shutdown();
    }
}
