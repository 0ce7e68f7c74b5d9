package dev.vitals.health.monitor.history;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.history.chunk.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the polls of one target in the current minute. Each poll takes four bytes; from {@link #MANY} polls on there is a
 * sketch instead. Confined to the recorder's thread.
 */
final class OpenMinute {
    private static final int[] EMPTY = {};
    private static final int FIRST_LENGTH = 2;
    private static final int MANY = 64;

    private int minute;
    private int oks;
    private int warnings;
    private int errors;
    private int[] latencies = EMPTY;
    private @Nullable LatencySketch sketch;

    private int polls() {
        return oks + warnings + errors;
    }

    boolean isEmpty() {
        return polls() == 0;
    }

    int minute() {
        return minute;
    }

    /** Adds a poll, which must be of the same minute as those before it. */
    void add(int ofMinute, Outcome.Code code, long micros) {
        minute = ofMinute;
        add((int) Math.max(0, Math.min(Integer.MAX_VALUE, micros)));
        switch (code) {
            case OK -> oks++;
            case WARNING -> warnings++;
            case ERROR -> errors++;
        }
    }

    private void add(int latency) {
        int size = polls();
        if (sketch == null && size == MANY) {
            sketch = new LatencySketch();
            for (int known : latencies) {
                sketch.add(known);
            }
        }
        if (sketch != null) {
            sketch.add(latency);
            return;
        }
        if (size == latencies.length) {
            latencies = Arrays.copyOf(latencies, Math.max(FIRST_LENGTH, size * 2));
        }
        latencies[size] = latency;
    }

    /** Returns the minute as an entry, and starts an empty one. */
    Entry.Minute take() {
        Entry.Minute entry;
        if (sketch == null) {
            int[] sorted = Arrays.copyOf(latencies, polls());
            Arrays.sort(sorted);
            entry = new Entry.Minute(minute, oks, warnings, errors, sorted, null);
        } else {
            entry = new Entry.Minute(minute, oks, warnings, errors, EMPTY, sketch.encode());
        }
        clear();
        return entry;
    }

    /** Starts an empty minute. */
    void clear() {
        oks = 0;
        warnings = 0;
        errors = 0;
        if (sketch != null) {
            sketch = null;
            latencies = EMPTY;
        }
    }
}
