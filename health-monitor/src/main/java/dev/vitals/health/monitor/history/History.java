package dev.vitals.health.monitor.history;

import dev.vitals.health.State;
import dev.vitals.health.monitor.history.chunk.ChunkSnapshot;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The past of each target, whether it is still watched or not. Shows only what is stored.
 *
 * <p>Thread-safe. Reads from the database in small portions and hands the results over one by one, so a long time range
 * needs little memory.
 */
public final class History {
    private final HistoryStore store;
    private final HeadChunks heads;
    private final HistoryRecorder recorder;

    private History(HistoryStore store, HeadChunks heads, HistoryRecorder recorder) {
        this.store = store;
        this.heads = heads;
        this.recorder = recorder;
    }

    /**
     * Opens the history in a store.
     *
     * @param observed finds the numbers to keep as series
     */
    public static History open(HistoryStore store, InstantSource clock, ObservedValues observed) {
        HeadChunks heads = HeadChunks.load(store);
        return new History(store, heads, new HistoryRecorder(store, clock, heads, observed));
    }

    /** Returns the writer of this history, which only the thread that commits may use. */
    public HistoryRecorder recorder() {
        return recorder;
    }

    /** Returns whether a target of that name is or was watched. */
    public boolean knows(TargetId target) {
        return heads.get(target) != null || store.find(target).isPresent();
    }

    /** Emits kept results with a time in the range that stand before the position, the newest first. */
    public void results(TargetId target, TimeRange range, Position before, ResultSink sink) {
        TargetChunks known = chunks(target);
        if (known == null) {
            return;
        }
        Iterator<ChunkSnapshot> chunks = known.newestFirst(range, before.chunk());
        boolean more = true;
        while (more && chunks.hasNext()) {
            more = results(chunks.next(), range, before, sink);
        }
    }

    private static boolean results(ChunkSnapshot chunk, TimeRange range, Position before, ResultSink sink) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        List<KeptResult> results = chunk.results();
        int end = chunk.number() == before.chunk() ? Math.min(before.index(), results.size()) : results.size();
        for (int i = end - 1; i >= 0; i--) {
            KeptResult result = results.get(i);
            if (result.time() >= from && result.time() < to && !sink.accept(result, new Position(chunk.number(), i))) {
                return false;
            }
        }
        return true;
    }

    /** Emits kept results with a time in the range, in the order in which they were recorded. */
    public void replay(TargetId target, TimeRange range, Consumer<KeptResult> sink) {
        TargetChunks known = chunks(target);
        if (known == null) {
            return;
        }
        Iterator<ChunkSnapshot> chunks = known.oldestFirst(range);
        while (chunks.hasNext()) {
            for (KeptResult result : chunks.next().results()) {
                if (range.contains(Instant.ofEpochMilli(result.time()))) {
                    sink.accept(result);
                }
            }
        }
    }

    /** Receives results one by one. */
    @FunctionalInterface
    public interface ResultSink {
        /** Receives a result and its position; returns whether to go on. */
        boolean accept(KeptResult result, Position position);
    }

    /**
     * Emits the roll-ups that begin in the range, the oldest first. Minutes and hours without polls are left out.
     *
     * @return the roll-up of all of them
     */
    public Rollup rollups(TargetId target, Resolution resolution, TimeRange range, Consumer<Rollup> sink) {
        BucketReader.Rollups reader = new BucketReader.Rollups(resolution, range, sink);
        TargetChunks known = chunks(target);
        if (known != null) {
            reader.read(known, store);
        }
        return reader.total();
    }

    /** Returns the series of a target, in the order in which they appeared. */
    public List<Series> series(TargetId target) {
        TargetChunks known = chunks(target);
        if (known == null) {
            return List.of();
        }
        return store.series(List.of(known.known().number())).stream()
                .map(row -> new Series(target, row.number(), row.name(), row.unit()))
                .toList();
    }

    /** Emits the points of these series that begin in the range; the oldest point of each series first. */
    public void points(Collection<Series> series, Resolution resolution, TimeRange range, Consumer<SeriesPoint> sink) {
        for (Series one : series) {
            TargetChunks known = chunks(one.target());
            if (known != null) {
                new BucketReader.Points(one, resolution, range, sink).read(known, store);
            }
        }
    }

    /**
     * Returns the time in each state, for each of these ranges.
     *
     * @param staleSince the time from which on the target is UNKNOWN because it has no recent result, if that change is not
     *     stored yet; otherwise null
     */
    public List<Uptime> uptime(
            TargetId target, List<TimeRange> ranges, MaintenancePlan plan, @Nullable Instant staleSince) {
        TimeRange widest = ranges.stream()
                .reduce(History::union)
                .orElseThrow(() -> new IllegalArgumentException("ranges must not be empty"));
        List<HistoryRows.Life> lives = lives(target);
        List<HistoryStore.Step> steps = new ArrayList<>(store.steps(target, widest.from()));
        if (staleSince != null) {
            // The registry will record this change at its next look.
            steps.add(new HistoryStore.Step(Long.MAX_VALUE, staleSince.toEpochMilli(), State.UNKNOWN));
        }
        UptimeCalculator calculator = new UptimeCalculator(lives, steps, plan.of(target, widest));
        return ranges.stream().map(calculator::over).toList();
    }

    private static TimeRange union(TimeRange one, TimeRange other) {
        return new TimeRange(
                one.from().isBefore(other.from()) ? one.from() : other.from(),
                one.to().isAfter(other.to()) ? one.to() : other.to());
    }

    /** Returns when the target was watched, the oldest time first; the last one has no end while it still is. */
    public List<HistoryRows.Life> lives(TargetId target) {
        return store.find(target).map(row -> store.lives(row.number())).orElse(List.of());
    }

    /** Returns changes with a time in the range and a number below the limit, the newest first. */
    public List<HistoryStore.NumberedChange> changes(TargetId target, TimeRange range, long below, int limit) {
        return store.changes(target, range.from(), range.to(), below, limit);
    }

    private @Nullable TargetChunks chunks(TargetId target) {
        HeadChunk head = heads.get(target);
        if (head != null) {
            // The row first: minutes that are rolled up in between are read once from the chunks, not twice.
            HistoryRows.Known row = head.storedRow();
            return new TargetChunks(store, row, head.snapshot());
        }
        Optional<HistoryRows.Known> row = store.find(target);
        return row.map(known -> new TargetChunks(store, known, ChunkSnapshot.empty(known.nextChunk())))
                .orElse(null);
    }
}
