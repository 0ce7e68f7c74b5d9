package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the history adds in the transaction of a {@link Batch}.
 *
 * @param targets targets that are new in the history, or whose bookkeeping has changed
 * @param lives lives that have begun or ended
 * @param series names of series that are new
 * @param journal what was added to open chunks; null for nothing
 * @param journalFrom entries of the journal with lower ids are not needed any longer
 * @param chunks chunks that are complete
 * @param hours hours that are over
 * @param seriesHours the same of series
 */
public record HistoryRows(
        List<Known> targets,
        List<Life> lives,
        List<Series> series,
        @Nullable Journal journal,
        long journalFrom,
        List<Chunk> chunks,
        List<Hour> hours,
        List<SeriesHour> seriesHours) {
    /** Nothing. */
    public static final HistoryRows NONE =
            new HistoryRows(List.of(), List.of(), List.of(), null, 0, List.of(), List.of(), List.of());

    /** Copies the collections. */
    public HistoryRows {
        targets = List.copyOf(targets);
        lives = List.copyOf(lives);
        series = List.copyOf(series);
        chunks = List.copyOf(chunks);
        hours = List.copyOf(hours);
        seriesHours = List.copyOf(seriesHours);
    }

    /** Returns whether there is nothing to write; that the journal could be shortened is no reason to. */
    public boolean isEmpty() {
        return targets.isEmpty()
                && lives.isEmpty()
                && series.isEmpty()
                && journal == null
                && chunks.isEmpty()
                && hours.isEmpty()
                && seriesHours.isEmpty();
    }

    /**
     * A target of which there is a history, watched now or not.
     *
     * @param number stands for the target in all rows; from 1
     * @param id its name
     * @param nextChunk the number of the chunk that is open
     * @param lastMinute the last minute that a complete chunk tells of, counted from 1970; -1 for none
     * @param hoursUntil the first hour that is not rolled up, counted from 1970
     */
    public record Known(long number, TargetId id, int nextChunk, int lastMinute, int hoursUntil) {}

    /** From when to when a target was watched; without an end while it is. */
    public record Life(long target, Instant began, @Nullable Instant ended) {}

    /** A series of a target: its number there from 0, the name and the unit of its values. */
    public record Series(
            long target, int number, String name, @Nullable String unit) {}

    /** What one commit added to open chunks; ids go up. */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    public record Journal(long id, byte[] bytes) {}

    /** A complete run of results and minutes of one target, and the times of the first and the last of them. */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    public record Chunk(long target, int number, long firstAt, long lastAt, byte[] bytes) {}

    /** What the polls of one hour, counted from 1970, found; latencies in microseconds. */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    public record Hour(
            long target,
            int hour,
            long oks,
            long warnings,
            long errors,
            long minMicros,
            long maxMicros,
            long sumMicros,
            byte[] sketch) {}

    /** The values of one series in one hour, counted from 1970. */
    public record SeriesHour(
            long target, int series, int hour, long count, double min, double max, double sum, double last) {}
}
