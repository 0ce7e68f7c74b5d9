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
 * All maintenance windows and silences. Thread-safe: reading is from memory and shows only what is stored; changes are
 * made one after the other, and their futures fail if they could not be stored.
 */
public final class Suppressions implements Calendar, Quiet {
    /** How many of each kind there may be. */
    public static final int MAX_OF_A_KIND = 1_000;

    // A little more than a year of history, so that a report of a year is exact.
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final SerialExecutor edits = new SerialExecutor("monitor-maintenance-");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SuppressionStore store;
    private volatile List<Version> versions;

    /** A suppression as it was from one time to another. */
    private record Version(
            Suppression what, Instant from, @Nullable Instant until) {
        boolean inForce() {
            return until == null;
        }

        Stream<TimeRange> ranges(Instant first, Instant end) {
            return what.when().occurrences(first, end).stream()
                    .flatMap(range -> range.within(from, until == null ? end : until).stream())
                    .flatMap(range -> range.within(first, end).stream());
        }

        SuppressionRow row() {
            return new SuppressionRow(what.id(), what.kind().word(), from, until, what.fields());
        }

        Version ended(Instant now) {
            return new Version(what, from, now);
        }
    }

    /** Loads what the store holds. */
    public Suppressions(SuppressionStore store) {
        this.store = store;
        this.versions = store.load().stream()
                .map(row -> new Version(
                        Suppression.read(row.id(), SuppressionKind.of(row.kind()), row.fields()),
                        row.validFrom(),
                        row.validUntil()))
                .toList();
    }

    /** Has that run after each change, on the thread that made it; must be short and must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns all of that kind, in the order of their making. */
    public List<Suppression> all(SuppressionKind kind) {
        return inForce().filter(one -> one.kind() == kind).toList();
    }

    /** Returns one. */
    public Optional<Suppression> find(SuppressionKind kind, String id) {
        return inForce()
                .filter(one -> one.kind() == kind && one.id().equals(id))
                .findFirst();
    }

    private Stream<Suppression> inForce() {
        return versions.stream().filter(Version::inForce).map(Version::what);
    }

    /** Returns what is in effect at that time, as of what is known now. */
    public List<Suppressed.Active> active(Instant at) {
        List<Suppressed.Active> active = new ArrayList<>();
        inForce()
                .forEach(one -> one.when()
                        .next(at)
                        .filter(range -> range.contains(at))
                        .ifPresent(range -> active.add(new Suppressed.Active(one, range.to()))));
        return active;
    }

    @Override
    public Optional<Suppressed> of(Target target, Instant at) {
        return Suppressed.of(active(at), target);
    }

    @Override
    public List<TimeRange> intervals(Target target, Instant from, Instant to) {
        return TimeRange.merged(versions.stream()
                .filter(version -> version.what().kind() == SuppressionKind.MAINTENANCE
                        && version.what().selection().matches(target))
                .flatMap(version -> version.ranges(from, to))
                .toList());
    }

    /** Adds one, or fails with a {@link TooManyException}. */
    public CompletableFuture<Suppression> add(Suppression one) {
        return edits.run(() -> {
            if (all(one.kind()).size() >= MAX_OF_A_KIND) {
                throw new TooManyException(one.kind());
            }
            return put(one, null);
        });
    }

    /** Puts it in the place of the one of its id, from its time on; empty if there is none. */
    public CompletableFuture<Optional<Suppression>> replace(Suppression one) {
        return edits.run(() -> current(one.kind(), one.id()).map(before -> put(one, before)));
    }

    /** Ends it from that time on; says whether it was there. */
    public CompletableFuture<Boolean> remove(SuppressionKind kind, String id, Instant now) {
        return edits.run(() -> current(kind, id)
                .map(before -> {
                    write(List.of(before.ended(now)), before, now);
                    return true;
                })
                .orElse(false));
    }

    private Optional<Version> current(SuppressionKind kind, String id) {
        return versions.stream()
                .filter(version -> version.inForce()
                        && version.what().kind() == kind
                        && version.what().id().equals(id))
                .findFirst();
    }

    private Suppression put(Suppression one, @Nullable Version before) {
        Instant now = one.attribution().at();
        Version added = new Version(one, now, null);
        // What was made in the very same millisecond has never counted.
        boolean counted = before != null && before.from().isBefore(now);
        write(counted ? List.of(Objects.requireNonNull(before).ended(now), added) : List.of(added), before, now);
        return one;
    }

    private void write(List<Version> newer, @Nullable Version instead, Instant now) {
        Instant forgetBefore = now.minus(REMEMBERED);
        store.write(newer.stream().map(Version::row).toList(), forgetBefore);
        List<Version> all = new ArrayList<>(versions);
        if (instead != null) {
            all.remove(instead);
        }
        all.removeIf(version -> version.until() != null && version.until().isBefore(forgetBefore));
        all.addAll(newer);
        versions = List.copyOf(all);
        listeners.forEach(Runnable::run);
    }
}
