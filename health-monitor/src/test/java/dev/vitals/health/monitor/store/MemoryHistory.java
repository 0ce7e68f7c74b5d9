package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The history of a {@link MemoryStore}. */
final class MemoryHistory implements HistoryStore {
    private final Map<Long, HistoryRows.Known> targets = new TreeMap<>();
    private final Map<List<Long>, HistoryRows.Life> lives = new TreeMap<>(Comparator.comparing(Object::toString));
    private final List<HistoryRows.Series> series = new ArrayList<>();
    private final TreeMap<Long, HistoryRows.Journal> journal = new TreeMap<>();
    private final TreeMap<Long, HistoryRows.Chunk> chunks = new TreeMap<>();
    private final TreeMap<Long, HistoryRows.Hour> hours = new TreeMap<>();
    private final TreeMap<Long, HistoryRows.SeriesHour> seriesHours = new TreeMap<>();
    private final List<Change> changes;

    MemoryHistory(List<Change> changes) {
        this.changes = changes;
    }

    synchronized void write(HistoryRows rows) {
        rows.targets().forEach(target -> targets.put(target.number(), target));
        rows.lives()
                .forEach(life -> lives.put(List.of(life.target(), life.began().toEpochMilli()), life));
        series.addAll(rows.series());
        if (rows.journal() != null) {
            journal.put(rows.journal().id(), rows.journal());
        }
        journal.headMap(rows.journalFrom()).clear();
        rows.chunks().forEach(chunk -> chunks.put(HistoryIds.of(chunk.target(), chunk.number()), chunk));
        rows.hours().forEach(hour -> hours.put(HistoryIds.of(hour.target(), hour.hour()), hour));
        rows.seriesHours()
                .forEach(hour -> seriesHours.put(HistoryIds.ofSeries(hour.target(), hour.series(), hour.hour()), hour));
    }

    @Override
    public synchronized List<HistoryRows.Known> open() {
        return targets.values().stream()
                .filter(known -> known.lastMinute() >= known.hoursUntil() * 60
                        || currentLives().stream().anyMatch(life -> life.target() == known.number()))
                .toList();
    }

    @Override
    public synchronized long lastTarget() {
        return targets.keySet().stream().reduce(0L, Math::max);
    }

    @Override
    public synchronized Optional<HistoryRows.Known> find(TargetId target) {
        return targets.values().stream()
                .filter(known -> known.id().equals(target))
                .findFirst();
    }

    @Override
    public synchronized Optional<HistoryRows.Known> find(long number) {
        return Optional.ofNullable(targets.get(number));
    }

    @Override
    public synchronized void journal(Consumer<HistoryRows.Journal> reader) {
        journal.values().forEach(reader);
    }

    @Override
    public synchronized List<HistoryRows.Series> series(Collection<Long> wanted) {
        return series.stream().filter(one -> wanted.contains(one.target())).toList();
    }

    @Override
    public synchronized List<HistoryRows.Chunk> newestChunks(long target, long from, long to, int below, int limit) {
        return touching(
                        chunks.subMap(HistoryIds.of(target, 0), true, HistoryIds.of(target, below), false)
                                .descendingMap(),
                        from,
                        to)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<HistoryRows.Chunk> oldestChunks(
            long target, long from, long to, int fromNumber, int limit) {
        return touching(chunks.subMap(HistoryIds.of(target, fromNumber), HistoryIds.of(target + 1, 0)), from, to)
                .limit(limit)
                .toList();
    }

    private static Stream<HistoryRows.Chunk> touching(Map<Long, HistoryRows.Chunk> chunks, long from, long to) {
        return chunks.values().stream().filter(chunk -> chunk.lastAt() >= from && chunk.firstAt() < to);
    }

    @Override
    public synchronized List<HistoryRows.Hour> hours(long target, int from, int to, int limit) {
        return hours.subMap(HistoryIds.of(target, from), HistoryIds.of(target, Math.max(from, to))).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<HistoryRows.SeriesHour> seriesHours(long target, int number, int from, int to, int limit) {
        long first = HistoryIds.ofSeries(target, number, from);
        return seriesHours.subMap(first, Math.max(first, HistoryIds.ofSeries(target, number, to))).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<HistoryRows.Life> currentLives() {
        return lives.values().stream().filter(life -> life.ended() == null).toList();
    }

    @Override
    public synchronized List<HistoryRows.Life> lives(long target) {
        return lives.values().stream()
                .filter(life -> life.target() == target)
                .sorted(Comparator.comparing(HistoryRows.Life::began))
                .toList();
    }

    private List<NumberedChange> numbered(TargetId target) {
        List<NumberedChange> found = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).target().equals(target)) {
                found.add(new NumberedChange(i + 1, changes.get(i)));
            }
        }
        return found;
    }

    @Override
    public synchronized List<Step> steps(TargetId target, Instant from) {
        List<NumberedChange> all = numbered(target);
        long first = all.stream()
                .filter(change -> !change.change().at().isAfter(from))
                .mapToLong(NumberedChange::number)
                .max()
                .orElse(0);
        return all.stream()
                .filter(change -> change.number() >= first)
                .map(change -> new Step(
                        change.number(),
                        change.change().at().toEpochMilli(),
                        change.change().to()))
                .toList();
    }

    @Override
    public synchronized List<NumberedChange> changes(TargetId target, Instant from, Instant to, long below, int limit) {
        List<NumberedChange> found = new ArrayList<>(numbered(target));
        found.removeIf(change -> change.number() >= below
                || change.change().at().isBefore(from)
                || !change.change().at().isBefore(to));
        Collections.reverse(found);
        return found.subList(0, Math.min(limit, found.size()));
    }

    @Override
    public synchronized int forget(long first, long last, Instant chunksBefore, Instant hoursBefore) {
        int before = chunks.size() + hours.size() + seriesHours.size();
        long hourBefore = hoursBefore.getEpochSecond() / 3_600;
        chunks.values()
                .removeIf(chunk -> chunk.target() >= first
                        && chunk.target() <= last
                        && chunk.lastAt()
                                < Math.min(
                                        chunksBefore.toEpochMilli(),
                                        targets.get(chunk.target()).hoursUntil() * 3_600_000L));
        hours.values().removeIf(hour -> hour.target() >= first && hour.target() <= last && hour.hour() < hourBefore);
        seriesHours
                .values()
                .removeIf(hour -> hour.target() >= first && hour.target() <= last && hour.hour() < hourBefore);
        return before - chunks.size() - hours.size() - seriesHours.size();
    }

    @Override
    public boolean shrink(int pages) {
        return false;
    }
}
