package dev.vitals.health.monitor.store;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TargetId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is kept of the past. {@link Store#write} adds to it; this reads, and forgets what is old.
 *
 * <p>Thread-safe. Each call uses one short transaction or none, so that neither a slow reader nor a large clean-up keeps
 * the writer waiting.
 */
public interface HistoryStore {
    /** The most chunks of one target. */
    int MAX_CHUNKS = 1 << 24;

    /** The most series of one target. */
    int MAX_SERIES = 32;

    /** A change of a state, and its place in the order of all changes. */
    record NumberedChange(long number, Change change) {}

    /** A target came into that state at that time; later numbers win over what earlier ones said of the same time. */
    record Step(long number, long at, State to) {}

    /** Returns the targets that are watched, and those whose hours are not all rolled up. */
    List<HistoryRows.Known> open();

    /** Returns the highest number of a target; 0 if there is none. */
    long lastTarget();

    /** Returns what is known of one target. */
    Optional<HistoryRows.Known> find(TargetId target);

    /** Returns what is known of the target of that number. */
    Optional<HistoryRows.Known> find(long number);

    /** Hands over the journal, the oldest entry first. */
    void journal(Consumer<HistoryRows.Journal> reader);

    /** Returns the series of these targets. */
    List<HistoryRows.Series> series(Collection<Long> targets);

    /** Returns complete chunks of a target that touch [from, to) and are numbered below a limit, the newest first. */
    List<HistoryRows.Chunk> newestChunks(long target, long from, long to, int below, int limit);

    /** Returns complete chunks of a target that touch [from, to) and are numbered from a limit on, the oldest first. */
    List<HistoryRows.Chunk> oldestChunks(long target, long from, long to, int fromNumber, int limit);

    /** Returns the hours of a target in [from, to), the oldest first. */
    List<HistoryRows.Hour> hours(long target, int from, int to, int limit);

    /** Returns the hours of a series in [from, to), the oldest first. */
    List<HistoryRows.SeriesHour> seriesHours(long target, int series, int from, int to, int limit);

    /** Returns the lives that have not ended. */
    List<HistoryRows.Life> currentLives();

    /** Returns when the target was watched, the oldest first. */
    List<HistoryRows.Life> lives(long target);

    /** Returns the steps from the one that holds at {@code from} on, in the order of their numbers. */
    List<Step> steps(TargetId target, Instant from);

    /** Returns changes of a target with a time in [from, to) and a number below a limit, the newest first. */
    List<NumberedChange> changes(TargetId target, Instant from, Instant to, long below, int limit);

    /**
     * Forgets chunks that ended, and hours that began, before these times, of the targets numbered in [first, last]; no
     * chunk whose minutes are not rolled up.
     *
     * @return how many rows went
     */
    int forget(long first, long last, Instant chunksBefore, Instant hoursBefore);

    /**
     * Gives up to that many free pages of the file back to the file system, but for a reserve; returns whether there are
     * more.
     */
    boolean shrink(int pages);
}
