package dev.vitals.health.monitor.history;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the time in each state, to the millisecond. A pure function of what is handed in, in whatever order.
 *
 * <p>Each instant counts once: not watched if there was no life of the target; else maintenance if there was any; else the
 * state of the last step before it, and UNKNOWN before the first step of a life. Of two steps the one with the higher
 * number wins from its time on, even over one with a later time: it was recorded later, and knew better.
 */
public final class UptimeCalculator {
    private final List<HistoryRows.Life> lives;
    private final List<HistoryStore.Step> steps;
    private final List<TimeRange> maintenance;

    /**
     * Takes what is known of one target.
     *
     * @param lives when it was watched
     * @param steps the states it came into, from the one on that held when the earliest range begins
     * @param maintenance when it was in maintenance
     */
    public UptimeCalculator(
            Collection<HistoryRows.Life> lives,
            Collection<HistoryStore.Step> steps,
            Collection<TimeRange> maintenance) {
        this.lives = List.copyOf(lives);
        this.steps = inForce(steps);
        this.maintenance = List.copyOf(maintenance);
    }

    // Times that only go up: what a later step overrules is left out.
    private static List<HistoryStore.Step> inForce(Collection<HistoryStore.Step> steps) {
        Deque<HistoryStore.Step> kept = new ArrayDeque<>();
        steps.stream()
                .sorted(Comparator.comparingLong(HistoryStore.Step::number))
                .forEach(step -> {
                    while (!kept.isEmpty() && kept.peekLast().at() >= step.at()) {
                        kept.removeLast();
                    }
                    kept.addLast(step);
                });
        return List.copyOf(kept);
    }

    /** Returns what the range is made of. */
    public Uptime over(TimeRange range) {
        TimeRanges lived = new TimeRanges();
        for (HistoryRows.Life life : lives) {
            lived.add(
                    life.began().toEpochMilli(),
                    life.ended() == null ? Long.MAX_VALUE : life.ended().toEpochMilli());
        }
        TimeRanges excused = new TimeRanges();
        for (TimeRange interval : maintenance) {
            excused.add(interval.from().toEpochMilli(), interval.to().toEpochMilli());
        }
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        Sums sums = new Sums();
        // Between two neighbouring edges nothing changes.
        TreeSet<Long> edges = new TreeSet<>(List.of(from, to));
        edges.addAll(lived.edges(from, to));
        edges.addAll(excused.edges(from, to));
        steps.stream()
                .map(HistoryStore.Step::at)
                .filter(at -> at > from && at < to)
                .forEach(edges::add);
        long begin = from;
        int next = 0;
        HistoryStore.Step current = null;
        for (long edge : edges) {
            if (edge > begin) {
                while (next < steps.size() && steps.get(next).at() <= begin) {
                    current = steps.get(next++);
                }
                long length = edge - begin;
                if (!lived.contains(begin)) {
                    sums.notWatched += length;
                } else if (excused.contains(begin)) {
                    sums.maintenance += length;
                } else {
                    sums.states.merge(state(current, lived.beginOf(begin)), length, Long::sum);
                }
                begin = edge;
            }
        }
        return sums.uptime(range);
    }

    // What was before this life says nothing of it.
    private static State state(HistoryStore.@Nullable Step last, long lifeBegan) {
        return last != null && last.at() >= lifeBegan ? last.to() : State.UNKNOWN;
    }

    /** What adds up. */
    private static final class Sums {
        final Map<State, Long> states = new EnumMap<>(State.class);
        long maintenance;
        long notWatched;

        Uptime uptime(TimeRange range) {
            return new Uptime(
                    range,
                    in(State.HEALTHY),
                    in(State.DEGRADED),
                    in(State.UNHEALTHY),
                    in(State.UNKNOWN),
                    Duration.ofMillis(maintenance),
                    Duration.ofMillis(notWatched));
        }

        private Duration in(State state) {
            return Duration.ofMillis(states.getOrDefault(state, 0L));
        }
    }
}
