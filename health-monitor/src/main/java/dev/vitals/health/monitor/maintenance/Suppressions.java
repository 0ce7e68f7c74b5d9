package dev.vitals.health.monitor.maintenance;

import dev.vitals.health.internal.SerialExecutor;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.SuppressionStore.SuppressionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All maintenance windows and silences. Thread-safe. Reads come from memory and see only stored suppressions. Changes run
 * one after the other; their futures fail if the change could not be stored.
 */
public final class Suppressions {
    /** The most suppressions of each kind. */
    public static final int MAX_OF_A_KIND = 1_000;

    // A little more than a year, so that an uptime report over a year is exact.
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final SerialExecutor changes = new SerialExecutor("monitor-maintenance-");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SuppressionStore store;
    private volatile List<Version> versions;

    /** Loads the stored suppressions. */
    public Suppressions(SuppressionStore store) {
        this.store = store;
        this.versions = store.load().stream().map(Version::read).toList();
    }

    /** Runs the listener after each change, on the thread that stored it. The listener must be short and not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns all suppressions of a kind, the oldest first. */
    public List<Suppression> all(SuppressionKind kind) {
        return current().filter(one -> one.kind() == kind).toList();
    }

    /** Returns one suppression. */
    public Optional<Suppression> find(SuppressionKind kind, String id) {
        return version(kind, id).map(Version::suppression);
    }

    /** Returns the suppressions in effect at that time, by the schedules as they are now. */
    public List<Suppressed.Active> active(Instant at) {
        List<Suppressed.Active> active = new ArrayList<>();
        current()
                .forEach(one -> one.schedule()
                        .next(at)
                        .filter(range -> range.contains(at))
                        .ifPresent(range -> active.add(new Suppressed.Active(one, range.to()))));
        return active;
    }

    /** Returns the suppressions of alerts about a target at that time; empty if there are none. */
    public Optional<Suppressed> suppressed(Target target, Instant at) {
        return Suppressed.of(active(at), target);
    }

    /**
     * Returns the times within the range at which the target is under maintenance, in order, without overlap. A window
     * counts from the moment it was made; a change or a removal leaves the time before it as it was.
     */
    public List<TimeRange> maintenance(Target target, TimeRange range) {
        return TimeRange.merged(versions.stream()
                .filter(version -> version.suppression().kind() == SuppressionKind.MAINTENANCE
                        && version.suppression().selection().matches(target))
                .flatMap(version -> version.occurrences(range))
                .toList());
    }

    /** Adds a suppression. Fails with a {@link TooManySuppressionsException} if there are {@link #MAX_OF_A_KIND}. */
    public CompletableFuture<Suppression> add(Suppression one) {
        return changes.run(() -> {
            refuseTooMany(one.kind());
            return put(one, null);
        });
    }

    private void refuseTooMany(SuppressionKind kind) {
        if (all(kind).size() >= MAX_OF_A_KIND) {
            throw new TooManySuppressionsException(kind);
        }
    }

    /** Replaces the suppression with the same id, or adds it as {@link #add} does if there is none. */
    public CompletableFuture<Suppression> put(Suppression one) {
        return changes.run(() -> {
            Optional<Version> before = version(one.kind(), one.id());
            if (before.isEmpty()) {
                refuseTooMany(one.kind());
            }
            return put(one, before.orElse(null));
        });
    }

    /** Replaces the suppression with the same id, from the time of the attribution on; empty if there is none. */
    public CompletableFuture<Optional<Suppression>> replace(Suppression one) {
        return changes.run(() -> version(one.kind(), one.id()).map(before -> put(one, before)));
    }

    /** Ends a suppression at that time; returns whether there was one. */
    public CompletableFuture<Boolean> remove(SuppressionKind kind, String id, Instant now) {
        return changes.run(() -> {
            Optional<Version> found = version(kind, id);
            found.ifPresent(before -> write(List.of(before.endedAt(now)), before, now));
            return found.isPresent();
        });
    }

    private Stream<Suppression> current() {
        return versions.stream().filter(Version::isCurrent).map(Version::suppression);
    }

    private Optional<Version> version(SuppressionKind kind, String id) {
        return versions.stream()
                .filter(version -> version.isCurrent()
                        && version.suppression().kind() == kind
                        && version.suppression().id().equals(id))
                .findFirst();
    }

    private Suppression put(Suppression one, @Nullable Version before) {
        Instant now = one.attribution().at();
        Version added = new Version(one, now, null);
        // A version that is replaced in the millisecond of its creation was never in effect.
        boolean wasInEffect = before != null && before.from().isBefore(now);
        write(wasInEffect ? List.of(Objects.requireNonNull(before).endedAt(now), added) : List.of(added), before, now);
        return one;
    }

    private void write(List<Version> added, @Nullable Version replaced, Instant now) {
        Instant forgetBefore = now.minus(REMEMBERED);
        store.write(added.stream().map(Version::row).toList(), forgetBefore);
        List<Version> all = new ArrayList<>(versions);
        if (replaced != null) {
            all.remove(replaced);
        }
        all.removeIf(version -> version.until() != null && version.until().isBefore(forgetBefore));
        all.addAll(added);
        versions = List.copyOf(all);
        listeners.forEach(Runnable::run);
    }

    /** A suppression as it was from one time to another; {@code until} is null for the current version. */
    private record Version(
            Suppression suppression, Instant from, @Nullable Instant until) {
        static Version read(SuppressionRow row) {
            Suppression suppression = Suppression.read(row.id(), SuppressionKind.of(row.kind()), row.fields());
            return new Version(suppression, row.validFrom(), row.validUntil());
        }

        SuppressionRow row() {
            return new SuppressionRow(suppression.id(), suppression.kind().word(), from, until, suppression.fields());
        }

        boolean isCurrent() {
            return until == null;
        }

        Version endedAt(Instant now) {
            return new Version(suppression, from, now);
        }

        Stream<TimeRange> occurrences(TimeRange range) {
            return suppression.schedule().occurrences(range.from(), range.to()).stream()
                    .flatMap(one -> one.within(from, until == null ? range.to() : until).stream())
                    .flatMap(one -> one.within(range.from(), range.to()).stream());
        }
    }

    /** There are already {@link #MAX_OF_A_KIND} suppressions of a kind. */
    public static final class TooManySuppressionsException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private TooManySuppressionsException(SuppressionKind kind) {
            super("there are already " + MAX_OF_A_KIND + " entries of kind " + kind.word() + ", which is the limit");
        }
    }
}
