package dev.vitals.health.monitor.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spans of time in milliseconds; those that overlap or touch are one. */
final class TimeRanges {
    private final TreeMap<Long, Long> endByBegin = new TreeMap<>();

    /** Adds [from, to); nothing if it is empty. */
    void add(long from, long to) {
        if (to <= from) {
            return;
        }
        long begin = from;
        long end = to;
        Map.Entry<Long, Long> before = endByBegin.floorEntry(end);
        while (before != null && before.getValue() >= begin) {
            begin = Math.min(begin, before.getKey());
            end = Math.max(end, before.getValue());
            endByBegin.remove(before.getKey());
            before = endByBegin.floorEntry(end);
        }
        endByBegin.put(begin, end);
    }

    boolean contains(long time) {
        Map.Entry<Long, Long> span = endByBegin.floorEntry(time);
        return span != null && span.getValue() > time;
    }

    /** Returns when the span begins that contains the time. */
    long beginOf(long time) {
        return endByBegin.floorKey(time);
    }

    /** Returns the beginnings and ends within (from, to). */
    List<Long> edges(long from, long to) {
        List<Long> edges = new ArrayList<>();
        endByBegin.forEach((begin, end) -> {
            if (begin > from && begin < to) {
                edges.add(begin);
            }
            if (end > from && end < to) {
                edges.add(end);
            }
        });
        return edges;
    }
}
