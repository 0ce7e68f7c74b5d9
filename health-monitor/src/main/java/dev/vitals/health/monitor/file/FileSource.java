package dev.vitals.health.monitor.file;

import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.ConflictException;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.RuleSet;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.FailureLog;
import java.nio.ByteBuffer;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps targets, channels, rules and expectations equal to those in the operator's services file, which it looks at every few seconds. A file with problems
 * changes nothing: the last good content stays in force. Thread-safe; a single thread reads the file.
 *
 * <p>A new content counts once two looks in a row found it, since somebody may still be writing it; one that removes much, once
 * several did.
 */
public final class FileSource implements AutoCloseable {
    /** The time between two checks of the file for changes. */
    public static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private static final int LOOKS = 2;
    private static final int LOOKS_TO_REMOVE_MUCH = 5;
    // More than this share of all entries, and more than one, is much.
    private static final double MUCH = 0.1;

    private static final Logger log = LoggerFactory.getLogger(FileSource.class);

    private final FailureLog failures = new FailureLog(log, "the change of the targets of the file");
    private final ExecutorService reader = Executors.newSingleThreadExecutor(Threads.daemon("monitor-file-"));
    private final @Nullable Path file;
    private final Scheduler scheduler;
    private final Registry registry;
    private final SettingsReader settings;
    private final RuleBook book;
    private final InstantSource clock;
    private volatile FileStatus status;
    private volatile Scheduler.@Nullable Cancellation repeated;
    private volatile boolean closed;

    // Only the reader thread uses these, and start() before it.
    private @Nullable FileFingerprint fingerprint;
    // A content that is not in force yet, and how many looks in a row found it.
    private @Nullable Content candidate;
    private int looks;
    private List<FileProblem> loggedProblems = List.of();

    /** What a look found: the bytes of the file, or why it cannot be read. */
    private record Content(
            FileFingerprint fingerprint,
            ByteBuffer bytes,
            @Nullable BadFileException failure) {
        static Content read(Path path) {
            // Before the content: a change in between is seen by the next look.
            FileFingerprint fingerprint = FileFingerprint.of(path);
            try {
                return new Content(fingerprint, ByteBuffer.wrap(ServicesFile.bytes(path)), null);
            } catch (BadFileException e) {
                return new Content(fingerprint, ByteBuffer.allocate(0), e);
            }
        }

        byte[] usable() throws BadFileException {
            if (failure != null) {
                throw failure;
            }
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }

        boolean isSameAs(@Nullable Content other) {
            return other != null && (failure == null) == (other.failure == null) && bytes.equals(other.bytes);
        }
    }

    /** Creates a source that is not started; without a file, it only removes what comes from an earlier file. */
    public FileSource(
            @Nullable Path file,
            SettingsReader settings,
            Scheduler scheduler,
            Registry registry,
            RuleBook book,
            InstantSource clock) {
        this.book = book;
        this.settings = settings;
        this.file = file;
        this.scheduler = scheduler;
        this.registry = registry;
        this.clock = clock;
        this.status = new FileStatus(file == null ? null : file.toString(), null, 0, null, List.of());
    }

    /**
     * Loads the content of the file, and begins to check it for changes.
     *
     * <p>If secrets of the file cannot be stored, what is stored from an earlier start stays in force.
     *
     * @throws BadFileException if the file has a problem: at the start, there is no last good content
     */
    public void start() throws BadFileException {
        if (file == null) {
            remove();
            return;
        }
        try {
            load(file, Content.read(file), null, LOOKS_TO_REMOVE_MUCH);
        } catch (BadFileException e) {
            if (!(e.getCause() instanceof ConflictException || e.getCause() instanceof RuleBook.RefusedException)) {
                throw e;
            }
            report(e);
        }
        repeated = scheduler.repeat(() -> check(file), CHECK_INTERVAL);
    }

    private void remove() {
        FileContents left = inForce();
        if (left.size() > 0) {
            replace(left, new FileContents(Map.of(), RuleSet.NONE), "the monitor has no file any more", also -> {});
        }
    }

    private void check(Path path) {
        if (!closed) {
            try {
                reader.execute(() -> {
                    FileFingerprint before = fingerprint;
                    if (before == null || FileFingerprint.of(path).mayDifferFrom(before)) {
                        look(path);
                    }
                });
            } catch (RejectedExecutionException e) {
                log.debug("the file is not checked, because the monitor stops", e);
            }
        }
    }

    /** Returns a future that completes when the looks before it are over. */
    public CompletableFuture<Void> looked() {
        return CompletableFuture.runAsync(() -> {}, reader);
    }

    private void look(Path path) {
        Content found = Content.read(path);
        looks = found.isSameAs(candidate) ? looks + 1 : 1;
        candidate = found;
        if (looks >= LOOKS) {
            reread(path, found);
        }
    }

    /**
     * Reads the file now, and takes it as whole. The future returns what has changed, or fails with a {@link BadFileException}.
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
                        return load(path, Content.read(path), entry, LOOKS_TO_REMOVE_MUCH);
                    } catch (BadFileException e) {
                        report(e);
                        throw new CompletionException(e);
                    }
                },
                reader);
    }

    /** Does the same as {@link #reload} and logs the result; does nothing without a file. */
    public void reloadAndLog(Function<Plan, AuditEntry> entry) {
        if (file == null) {
            log.info("there is no file of services to read");
            return;
        }
        CompletableFuture<Boolean> unused = reload(entry).handle((plan, failure) -> {
            if (failure == null) {
                log.info("{} was read: {}", file, plan.counts());
            } else if (!(failure.getCause() instanceof BadFileException)) {
                failures.failed(failure, "the next attempt is in " + DurationText.inWords(CHECK_INTERVAL));
            }
            return failure == null;
        });
    }

    private void reread(Path path, Content found) {
        try {
            Plan plan = load(path, found, null, looks);
            failures.succeeded();
            if (!plan.isEmpty() || !loggedProblems.isEmpty()) {
                log.info("{}: {}", path, plan.counts());
            }
            loggedProblems = List.of();
        } catch (BadFileException e) {
            report(e);
        } catch (RuntimeException e) {
            // Probably the store: the next check tries again.
            fingerprint = null;
            failures.failed(e, "the next attempt is in " + DurationText.inWords(CHECK_INTERVAL));
        }
    }

    private void report(BadFileException e) {
        if (!e.problems().equals(loggedProblems)) {
            loggedProblems = e.problems();
            log.warn("the file has problems, its last good content stays in force:\n{}", e.getMessage());
        }
    }

    /** Brings a content into force that this many looks found; returns the changes, none if it needs more looks. */
    private Plan load(Path path, Content found, @Nullable Function<Plan, AuditEntry> entry, int seen)
            throws BadFileException {
        Instant readAt = clock.instant();
        try {
            ServicesFile content = ServicesFile.of(path, found.usable(), settings, book.reader());
            FileContents after = content.contents();
            content.refuseTaken(this::isTaken);
            content.refuse(after.rules().conflicts(book.current().of(false)));
            FileContents before = inForce();
            Plan plan = Plan.between(before, after);
            if (removesMuch(plan, before.size()) && seen < LOOKS_TO_REMOVE_MUCH) {
                if (seen == LOOKS) {
                    String all = path + " removes " + plan.removed() + " of " + before.size() + " entries";
                    log.info("{}; this takes effect once the file has stayed the same for a while", all);
                }
                return Plan.between(before, before);
            }
            // Also if only the order of the rules changes, which the plan does not show.
            if (!after.equals(before)) {
                AuditEntry audit = entry == null ? null : entry.apply(plan);
                configure(path, before, after, audit);
            }
            fingerprint = found.fingerprint();
            status = new FileStatus(path.toString(), readAt, after.targets().size(), readAt, List.of());
            return plan;
        } catch (BadFileException e) {
            fingerprint = found.fingerprint();
            status = new FileStatus(path.toString(), status.loadedAt(), status.targets(), readAt, e.problems());
            throw e;
        }
    }

    private static boolean removesMuch(Plan plan, int entries) {
        return plan.removed() > 1 && plan.removed() > entries * MUCH;
    }

    private void configure(Path path, FileContents before, FileContents after, @Nullable AuditEntry audit)
            throws BadFileException {
        try {
            replace(before, after, "no longer in the file", transaction -> {
                if (audit != null) {
                    transaction.audit(audit);
                }
            });
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConflictException
                    || e.getCause() instanceof RuleBook.RefusedException
                    || e.getCause() instanceof InvalidFieldsException) {
                throw BadFileException.refused(path, (RuntimeException) e.getCause());
            }
            throw e;
        }
    }

    /** Replaces all that comes from the file, in one transaction. */
    private void replace(FileContents before, FileContents after, String why, Consumer<RegistryTransaction> also) {
        Set<TargetId> gone = new HashSet<>(before.targets().keySet());
        gone.removeAll(after.targets().keySet());
        Map<TargetId, ProbeSettings> changed = changed(before.targets(), after.targets());
        book.replaceFile(
                        after.rules(),
                        edits -> registry.configure(Source.FILE, changed, gone, why, transaction -> {
                                    transaction.rules(edits);
                                    also.accept(transaction);
                                })
                                .join())
                .join();
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

    private FileContents inForce() {
        Map<TargetId, ProbeSettings> targets = new TreeMap<>();
        for (WatchedTarget watched : registry.targets()) {
            if (watched.target().source() == Source.FILE) {
                targets.put(watched.id(), watched.target().settings());
            }
        }
        return new FileContents(targets, book.current().of(true));
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
