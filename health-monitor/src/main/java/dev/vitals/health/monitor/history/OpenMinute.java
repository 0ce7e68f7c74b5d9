package dev.vitals.health.monitor.history;

import dev.vitals.health.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The minute that the polls of one target fall into now, in as little memory as their number allows: a few bytes for each
 * poll, and a sketch from {@link #MANY} on.
 */
final class OpenMinute {
    private static final int[] EMPTY = {};
    private static final int FIRST = 2;
    private static final int MANY = 64;

    private final int[] counts = new int[ChunkFormat.SIZE];
    private int minute;
    private int size;
    private int[] latencies = EMPTY;
    private @Nullable LatencySketch many;

    boolean isEmpty() {
        return size == 0;
    }

    int minute() {
        return minute;
    }

    /** Counts a poll, which must be of the same minute as those before. */
    void add(int ofMinute, Outcome.Code code, long micros) {
        minute = ofMinute;
        counts[ChunkFormat.of(code)]++;
        int latency = (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros));
        if (many != null) {
            many.add(latency);
        } else if (size < MANY) {
            if (size == latencies.length) {
                latencies = Arrays.copyOf(latencies, Math.max(FIRST, size * 2));
            }
            latencies[size] = latency;
        } else {
            many = new LatencySketch();
            for (int known : latencies) {
                many.add(known);
            }
            many.add(latency);
        }
        size++;
    }

    void writeTo(ByteWriter out, DeltaState tail) {
        if (many != null) {
            EntryWriter.minute(out, tail, minute, counts, many);
        } else {
            EntryWriter.minute(out, tail, minute, counts, latencies, size);
        }
    }

    void clear() {
        Arrays.fill(counts, 0);
        size = 0;
        if (many != null) {
            many = null;
            latencies = EMPTY;
        }
    }
}
