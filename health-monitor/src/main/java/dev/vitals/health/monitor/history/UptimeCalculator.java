package dev.vitals.health.monitor.history;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the time in each state, exact to the millisecond. A pure function of its input, in whatever order that is.
 *
 * <p>Each millisecond counts once. Outside of the target's lives it counts as not watched; otherwise in maintenance as
 * maintenance; otherwise as the state of the last step before it, or as UNKNOWN before the first step of a life. If two
 * steps contradict each other, the one with the higher number holds from its time on: it was recorded later, with more
 * knowledge.
 */
final class UptimeCalculator {
    private static final Instant OPEN_END = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final NavigableMap<Long, TimeRange> lives;
    private final NavigableMap<Long, TimeRange> maintenance;
    private final List<HistoryStore.Step> steps;

    /**
     * Creates the calculator of one target.
     *
     * @param lives when the target was watched
     * @param steps the states that it entered, beginning with the one that holds at the start of the earliest range
     * @param maintenance when the target was in maintenance
     */
    UptimeCalculator(
            Collection<HistoryRows.Life> lives,
            Collection<HistoryStore.Step> steps,
            Collection<TimeRange> maintenance) {
        this.lives = byStart(lives.stream()
                .map(life -> new TimeRange(life.began(), life.ended() == null ? OPEN_END : life.ended()))
                .toList());
        this.maintenance = byStart(maintenance);
        this.steps = withoutOverruled(steps);
    }

    private static NavigableMap<Long, TimeRange> byStart(Collection<TimeRange> ranges) {
        NavigableMap<Long, TimeRange> byStart = new TreeMap<>();
        for (TimeRange range : TimeRange.merged(ranges)) {
            byStart.put(range.from().toEpochMilli(), range);
        }
        return byStart;
    }

    // The times of the steps that remain only go up.
    private static List<HistoryStore.Step> withoutOverruled(Collection<HistoryStore.Step> steps) {
        Deque<HistoryStore.Step> remaining = new ArrayDeque<>();
        steps.stream()
                .sorted(Comparator.comparingLong(HistoryStore.Step::number))
                .forEach(step -> {
                    while (!remaining.isEmpty() && remaining.peekLast().at() >= step.at()) {
                        remaining.removeLast();
                    }
                    remaining.addLast(step);
                });
        return List.copyOf(remaining);
    }

    /** Returns the time in each state during a range. */
    Uptime over(TimeRange range) {
        Sums sums = new Sums();
        int next = 0;
        HistoryStore.Step current = null;
        long begin = range.from().toEpochMilli();
        for (long edge : edges(range)) {
            while (next < steps.size() && steps.get(next).at() <= begin) {
                current = steps.get(next++);
            }
            TimeRange life = containing(lives, begin);
            long length = edge - begin;
            if (life == null) {
                sums.notWatched += length;
            } else if (containing(maintenance, begin) != null) {
                sums.maintenance += length;
            } else {
                sums.states.merge(state(current, life), length, Long::sum);
            }
            begin = edge;
        }
        return sums.uptime(range);
    }

    // Between two neighbouring edges nothing changes; the last edge is the end of the range.
    private Set<Long> edges(TimeRange range) {
        TreeSet<Long> edges = new TreeSet<>();
        for (NavigableMap<Long, TimeRange> ranges : List.of(lives, maintenance)) {
            ranges.forEach((from, one) -> {
                edges.add(from);
                edges.add(one.to().toEpochMilli());
            });
        }
        steps.forEach(step -> edges.add(step.at()));
        long to = range.to().toEpochMilli();
        edges.add(to);
        return edges.headSet(to, true).tailSet(range.from().toEpochMilli(), false);
    }

    private static @Nullable TimeRange containing(NavigableMap<Long, TimeRange> ranges, long time) {
        Map.Entry<Long, TimeRange> range = ranges.floorEntry(time);
        return range != null && time < range.getValue().to().toEpochMilli() ? range.getValue() : null;
    }

    // A step of an earlier life does not count.
    private static State state(HistoryStore.@Nullable Step last, TimeRange life) {
        return last != null && last.at() >= life.from().toEpochMilli() ? last.to() : State.UNKNOWN;
    }

    /** Milliseconds. */
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
