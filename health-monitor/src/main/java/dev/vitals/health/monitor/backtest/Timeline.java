package dev.vitals.health.monitor.backtest;

import dev.vitals.health.State;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.store.HistoryRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a target, in its order: it was watched, results came, or none came for too long. Two replays see it at
 * the same time, since the settings under which results were stored tell what was left out. Not thread-safe.
 */
final class Timeline {
    private final Replay live;
    private final Replay other;
    private final Iterator<HistoryRows.Life> lives;
    private final List<Change> recorded;
    private final List<Change> seen = new ArrayList<>();
    private final Instant begin;
    private HistoryRows.@Nullable Life life;
    private State state;
    private int next;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * Starts before the first result.
     *
     * @param begin the time of the earliest result that is read
     * @param lives when the target was watched, the oldest time first
     * @param before the state that was recorded at the begin
     * @param recorded the changes that were recorded since, in their order
     */
    Timeline(
            Replay live,
            Replay other,
            Instant begin,
            List<HistoryRows.Life> lives,
            State before,
            List<Change> recorded) {
        this.live = live;
        this.other = other;
        this.begin = begin;
        this.lives = lives.iterator();
        this.state = before;
        this.recorded = recorded;
    }

    /** Takes the next stored result. */
    void accept(KeptResult kept) {
        PollResult result = result(kept);
        Instant end = result.time().plus(result.latency());
        // Before the changes: repetitions come before a pause, not after it.
        boolean repeats = fill(result.time());
        enterLife(result.time());
        changesUntil(result.time(), end);
        both(replay -> {
            replay.age(end, stateBefore(result.time()), repeats);
            replay.result(result, state);
        });
        first = first == null ? result.time() : first;
        last = result.time();
    }

    private boolean fill(Instant until) {
        boolean repeats = last != null && live.leavesOutRepeats();
        if (repeats) {
            Change change = next < recorded.size() ? recorded.get(next) : null;
            Instant pause = change != null && isStale(change) && change.at().isBefore(until) ? change.at() : null;
            both(replay -> replay.fill(pause == null ? until : replay.pollAfterSeen(pause)));
        }
        return repeats;
    }

    private static boolean isStale(Change change) {
        return change.to() == State.UNKNOWN && TargetState.saysStale(change.why());
    }

    private void enterLife(Instant time) {
        while (lives.hasNext() && (life == null || hasEnded(life, time))) {
            HistoryRows.Life entered = lives.next();
            if (hasEnded(entered, begin)) {
                continue;
            }
            HistoryRows.Life left = life;
            if (left != null && left.ended() != null) {
                Instant ended = left.ended();
                changesUntil(ended, ended);
                both(replay -> replay.end(ended));
            }
            life = entered;
            last = null;
            if (entered.began().isBefore(begin)) {
                both(replay -> replay.begin(state, begin));
            } else {
                state = State.UNKNOWN;
                both(replay -> replay.begin(entered.began()));
            }
        }
    }

    private static boolean hasEnded(HistoryRows.Life life, Instant time) {
        return life.ended() != null && !life.ended().isAfter(time);
    }

    // A result that came while a change to UNKNOWN was being recorded began before that change.
    private void changesUntil(Instant time, Instant end) {
        while (next < recorded.size()) {
            Change change = recorded.get(next);
            boolean stale = isStale(change);
            if (change.at().isAfter(stale ? end : time)) {
                return;
            }
            next++;
            if (stale) {
                seen.add(change);
                both(replay -> replay.stale(change.at()));
            } else if (change.to() != State.UNKNOWN) {
                seen.add(change);
            } else if (isWithinLife(change.at())) {
                // The probe could not be read: a target begins anew.
                both(replay -> {
                    replay.end(change.at());
                    replay.begin(change.at());
                });
                last = null;
            }
            state = change.to();
        }
    }

    private boolean isWithinLife(Instant time) {
        return life != null && (life.ended() == null || life.ended().isAfter(time));
    }

    // The result's own change does not say how the target was before it.
    private State stateBefore(Instant time) {
        Change latest = seen.isEmpty() ? null : seen.get(seen.size() - 1);
        return latest != null && latest.to() == state && latest.at().equals(time) ? latest.from() : state;
    }

    /** Ends at that time. */
    void finish(Instant to) {
        boolean repeats = fill(to);
        enterLife(to);
        changesUntil(last == null ? begin : last, to);
        both(replay -> replay.age(to, state, repeats));
        if (life != null && life.ended() != null && hasEnded(life, to)) {
            Instant ended = life.ended();
            both(replay -> replay.end(ended));
        }
    }

    private void both(Consumer<Replay> step) {
        step.accept(live);
        step.accept(other);
    }

    /** Returns the changes that results and their absence caused, as they were recorded. */
    List<Change> recorded() {
        return seen;
    }

    /** Returns the time of the first result; null if there is none. */
    @Nullable
    Instant first() {
        return first;
    }

    private static PollResult result(KeptResult kept) {
        return new PollResult(
                kept.code(),
                kept.message(),
                kept.httpStatus(),
                Instant.ofEpochMilli(kept.time()),
                Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(kept.latencyMicros())),
                kept.notOk());
    }
}
