package dev.vitals.health.monitor.store;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the history in a {@link Batch}.
 *
 * @param targets targets that are new in the history, or whose position has changed
 * @param lives lives that began or ended
 * @param series new series
 * @param journal the additions to open chunks; null for none
 * @param journalFrom entries of the journal with lower ids are deleted
 * @param chunks complete chunks
 * @param hours complete hours of targets
 * @param seriesHours complete hours of series
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

    /** Returns whether there is nothing to write. A journal that could be shortened can wait. */
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
     * A target that has a history, watched now or not.
     *
     * @param number identifies the target in all rows; from 1
     * @param id its name
     * @param nextChunk the number of the open chunk
     * @param lastMinute the last minute in a complete chunk, counted from 1970; -1 for none
     * @param hoursUntil the first hour that is not rolled up, counted from 1970
     */
    public record Known(long number, TargetId id, int nextChunk, int lastMinute, int hoursUntil) {}

    /** A time during which a target was watched; without an end while it still is. */
    public record Life(long target, Instant began, @Nullable Instant ended) {}

    /** A series of values of a target: its number, from 0, with the name and the unit of the values. */
    public record Series(
            long target, int number, String name, @Nullable String unit) {}

    /** The additions of one commit to open chunks; ids increase. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Journal(long id, byte[] bytes) {}

    /** Consecutive results and minutes of one target, with the times of the first and the last. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Chunk(long target, int number, long firstAt, long lastAt, byte[] bytes) {}

    /** The results of one hour, counted from 1970; latencies are in microseconds. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
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
