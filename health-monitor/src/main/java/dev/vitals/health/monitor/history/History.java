package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the past of each target, watched now or not: shows only what is stored.
 *
 * <p>Thread-safe. Reading asks the database in small portions and hands over one by one, so that any range can be read in
 * little memory.
 */
public final class History {
    private final HistoryStore store;
    private final HeadChunks tracks;
    private final HistoryRecorder recording;

    private History(HistoryStore store, HeadChunks tracks, HistoryRecorder recording) {
        this.store = store;
        this.tracks = tracks;
        this.recording = recording;
    }

    /** Opens the history in that store, where the last run has left it. */
    public static History open(HistoryStore store, InstantSource clock, ObservedValues observed) {
        HeadChunks tracks = HeadChunks.load(store);
        return new History(store, tracks, new HistoryRecorder(store, clock, tracks, observed));
    }

    /** Returns what writes this history; for the one thread that commits. */
    public HistoryRecorder recording() {
        return recording;
    }

    /** Returns whether there is or was a target of that name. */
    public boolean knows(TargetId target) {
        return tracks.get(target) != null || store.find(target).isPresent();
    }

    /** Hands over kept results with a time in the range that stand before the position, the newest first. */
    public void results(TargetId target, TimeRange range, Position before, ResultSink sink) {
        Source source = source(target);
        if (source == null) {
            return;
        }
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        Iterator<ChunkSnapshot> chunks = chunks(source, from, to).newestFirst(before.chunk());
        while (chunks.hasNext()) {
            ChunkSnapshot chunk = chunks.next();
            List<KeptResult> results = EntryReader.results(chunk);
            int end = chunk.chunk() == before.chunk() ? Math.min(before.index(), results.size()) : results.size();
            for (int i = end - 1; i >= 0; i--) {
                KeptResult result = results.get(i);
                if (result.time() >= from
                        && result.time() < to
                        && !sink.accept(result, new Position(chunk.chunk(), i))) {
                    return;
                }
            }
        }
    }

    /** Takes results one by one. */
    @FunctionalInterface
    public interface ResultSink {
        /** Takes a result and its position; returns whether another is wanted. */
        boolean accept(KeptResult result, Position position);
    }

    /**
     * Hands over the roll-ups that begin in the range, the oldest first; those without polls are left out.
     *
     * @return all of them in one
     */
    public Rollup rollups(TargetId target, Resolution resolution, TimeRange range, Consumer<Rollup> sink) {
        Source source = source(target);
        RollupReader reader = new RollupReader(resolution, range, sink);
        if (source != null) {
            int firstOpenHour = reader.readHours(store, source.known());
            TimeRange rest = reader.rest(firstOpenHour);
            reader.readMinutes(
                    chunks(source, rest.from().toEpochMilli(), rest.to().toEpochMilli())
                            .oldestFirst(),
                    rest);
        }
        return reader.total();
    }

    /** Returns the series of a target, in the order in which they appeared. */
    public List<Series> series(TargetId target) {
        Source source = source(target);
        if (source == null) {
            return List.of();
        }
        return store.series(List.of(source.known().number())).stream()
                .map(row -> new Series(row.number(), row.name(), row.unit()))
                .toList();
    }

    /** Hands over the points of these series that begin in the range; per series the oldest first. */
    public void points(
            TargetId target,
            Collection<Series> series,
            Resolution resolution,
            TimeRange range,
            Consumer<SeriesPoint> sink) {
        Source source = source(target);
        if (source == null) {
            return;
        }
        for (Series one : series) {
            PointReader reader = new PointReader(one, resolution, range, sink);
            TimeRange rest = reader.readHours(store, source.known());
            reader.readMinutes(
                    chunks(source, rest.from().toEpochMilli(), rest.to().toEpochMilli())
                            .oldestFirst(),
                    rest);
        }
    }

    /**
     * Returns what these ranges are made of, in their order.
     *
     * @param stale since when nothing is heard of the target, if that is not stored yet; else null
     */
    public List<Uptime> uptime(TargetId target, List<TimeRange> ranges, MaintenancePlan plan, @Nullable Instant stale) {
        TimeRange widest = ranges.stream()
                .reduce((one, other) -> new TimeRange(
                        one.from().isBefore(other.from()) ? one.from() : other.from(),
                        one.to().isAfter(other.to()) ? one.to() : other.to()))
                .orElseThrow(() -> new IllegalArgumentException("windows must not be empty"));
        UptimeCalculator ledger = Steps.ledger(store, target, widest, plan, stale);
        return ranges.stream().map(ledger::over).toList();
    }

    /** Returns changes with a time in the range and a number below the limit, the newest first. */
    public List<HistoryStore.NumberedChange> changes(TargetId target, TimeRange range, long below, int limit) {
        return store.changes(target, range.from(), range.to(), below, limit);
    }

    private Chunks chunks(Source source, long from, long to) {
        return new Chunks(store, source.known().number(), source.open(), from, to);
    }

    /** A target's bookkeeping, and what is open, of one moment. */
    private record Source(HistoryRows.Known known, ChunkSnapshot open) {}

    private @Nullable Source source(TargetId target) {
        HeadChunk track = tracks.get(target);
        if (track != null) {
            return new Source(track.published(), track.visible);
        }
        Optional<HistoryRows.Known> known = store.find(target);
        return known.map(row -> new Source(row, ChunkSnapshot.empty(row.nextChunk())))
                .orElse(null);
    }
}
