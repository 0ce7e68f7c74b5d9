package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The states of a target over a day as one small drawing: a path for each state, a pixel for ten minutes. Pure. */
final class DayStrip {
    static final Duration LENGTH = Duration.ofHours(24);
    private static final int WIDTH = 144;
    private static final int HEIGHT = 12;
    // What is worse is drawn over what is better, and maintenance over all.
    private static final String DRAWN = "wudxm";

    private DayStrip() {}

    /**
     * Returns the path of each state, by the class of its colour.
     *
     * @param day the time range
     * @param watchedSince from when on there is something to show
     * @param current the state now
     * @param changes those within the day, in any order
     * @param maintenance the times of maintenance, which are drawn over the rest
     */
    static Map<String, String> paths(
            TimeRange day, Instant watchedSince, State current, List<Change> changes, List<TimeRange> maintenance) {
        List<Change> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparing(Change::at));
        Map<String, BitSet> pixels = new TreeMap<>(Comparator.comparing(DRAWN::indexOf));
        Instant from = watchedSince.isAfter(day.from()) ? watchedSince : day.from();
        State state = sorted.isEmpty() ? current : sorted.get(0).from();
        for (Change change : sorted) {
            add(pixels, day, state, from, change.at());
            from = change.at().isAfter(from) ? change.at() : from;
            state = change.to();
        }
        add(pixels, day, state, from, day.to());
        for (TimeRange range : maintenance) {
            range.within(day.from(), day.to()).ifPresent(part -> draw(pixels, day, "m", part.from(), part.to()));
        }
        Map<String, String> drawn = new LinkedHashMap<>();
        pixels.forEach((name, set) -> drawn.put(name, path(set)));
        return drawn;
    }

    private static void add(Map<String, BitSet> pixels, TimeRange day, State state, Instant from, Instant to) {
        if (to.isAfter(from)) {
            draw(pixels, day, name(state), from, to);
        }
    }

    private static String name(State state) {
        return switch (state) {
            case HEALTHY -> "w";
            case DEGRADED -> "d";
            case UNHEALTHY -> "x";
            case UNKNOWN -> "u";
        };
    }

    private static void draw(Map<String, BitSet> pixels, TimeRange day, String name, Instant from, Instant to) {
        int begin = x(day, from);
        // Trouble of a minute is drawn as a pixel: it must be seen.
        pixels.computeIfAbsent(name, state -> new BitSet(WIDTH)).set(begin, Math.max(begin + 1, x(day, to)));
    }

    private static String path(BitSet pixels) {
        StringBuilder path = new StringBuilder();
        int begin = pixels.nextSetBit(0);
        while (begin >= 0) {
            int end = pixels.nextClearBit(begin);
            path.append('M').append(begin).append(" 0h").append(end - begin);
            path.append('v').append(HEIGHT).append('H').append(begin).append('z');
            begin = pixels.nextSetBit(end);
        }
        return path.toString();
    }

    private static int x(TimeRange day, Instant time) {
        long millis = Duration.between(day.from(), time).toMillis();
        return (int)
                Math.max(0, Math.min(WIDTH - 1, millis * WIDTH / day.length().toMillis()));
    }
}
