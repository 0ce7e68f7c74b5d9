package dev.vitals.health.monitor.history;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Latencies in microseconds: number, sum, least and greatest exactly, quantiles within {@link #RELATIVE_ERROR} of the true
 * value. Merging two loses nothing: it is as if all had been added to one. Not thread-safe.
 */
public final class LatencySketch {
    /** How far a quantile may be from the true value, as a share of it. */
    public static final double RELATIVE_ERROR = 0.01;

    private static final LogarithmicMapping MAPPING = new LogarithmicMapping(RELATIVE_ERROR);

    private final DDSketch sketch = new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Adds one; below 0 counts as 0. */
    void add(long micros) {
        long value = Math.max(0, micros);
        sketch.accept((double) value);
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void merge(LatencySketch other) {
        sketch.mergeWith(other.sketch);
        merged(other.count, other.sum, other.min, other.max);
    }

    /** Adds what {@link #sketch} returned, whose exact numbers are kept beside. */
    void merge(byte[] encoded, long otherCount, long otherSum, long otherMin, long otherMax) {
        try {
            sketch.decodeAndMergeWith(ByteArrayInput.wrap(encoded));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the history is damaged: latencies cannot be read", e);
        }
        merged(otherCount, otherSum, otherMin, otherMax);
    }

    private void merged(long otherCount, long otherSum, long otherMin, long otherMax) {
        if (otherCount > 0) {
            count += otherCount;
            sum += otherSum;
            min = Math.min(min, otherMin);
            max = Math.max(max, otherMax);
        }
    }

    /** Returns the quantiles as bytes, without the exact numbers. */
    byte[] sketch() {
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            sketch.encode(out, true);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return out.trimmedCopy();
    }

    /** Returns how many were added. */
    public long count() {
        return count;
    }

    /** Returns the sum in microseconds. */
    public long sum() {
        return sum;
    }

    /** Returns the least in microseconds; 0 if there is none. */
    public long min() {
        return count == 0 ? 0 : min;
    }

    /** Returns the greatest in microseconds; 0 if there is none. */
    public long max() {
        return max;
    }

    /** Returns the value in microseconds below which that share lies, from 0 to 1; 0 if there is none. */
    public long quantile(double share) {
        if (count == 0) {
            return 0;
        }
        return Math.max(min, Math.min(max, Math.round(sketch.getValueAtQuantile(share))));
    }
}
