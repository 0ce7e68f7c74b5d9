package dev.vitals.health.monitor.history;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import dev.vitals.health.monitor.history.chunk.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A summary of latencies in microseconds: count, sum, least and greatest are exact, quantiles are within {@link
 * #RELATIVE_ERROR} of the true value. Merging loses nothing: the result is the same as if all latencies had been added to
 * one sketch. Not thread-safe.
 */
public final class LatencySketch {
    /** The greatest error of a quantile, as a share of the true value. */
    public static final double RELATIVE_ERROR = 0.01;

    private static final LogarithmicMapping MAPPING = new LogarithmicMapping(RELATIVE_ERROR);

    private final DDSketch sketch = new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Adds a latency; a negative one counts as 0. */
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

    /** Adds another sketch of that many latencies, as {@link #encode} returned it. */
    void merge(Entry.Sketch other, long otherCount) {
        try {
            sketch.decodeAndMergeWith(ByteArrayInput.wrap(other.bytes()));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the history is damaged: a sketch of latencies cannot be read", e);
        }
        merged(otherCount, other.sum(), other.min(), other.max());
    }

    private void merged(long otherCount, long otherSum, long otherMin, long otherMax) {
        if (otherCount > 0) {
            count += otherCount;
            sum += otherSum;
            min = Math.min(min, otherMin);
            max = Math.max(max, otherMax);
        }
    }

    /** Returns everything but the count in the form that is stored. */
    Entry.Sketch encode() {
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            sketch.encode(out, true);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Entry.Sketch(min(), max(), sum, out.trimmedCopy());
    }

    /** Returns the number of latencies. */
    public long count() {
        return count;
    }

    /** Returns the sum of the latencies in microseconds. */
    public long sum() {
        return sum;
    }

    /** Returns the least latency in microseconds; 0 without any. */
    public long min() {
        return count == 0 ? 0 : min;
    }

    /** Returns the greatest latency in microseconds; 0 without any. */
    public long max() {
        return max;
    }

    /** Returns a quantile in microseconds, such as the median for a share of 0.5; 0 without any latency. */
    public long quantile(double share) {
        if (count == 0) {
            return 0;
        }
        return Math.max(min, Math.min(max, Math.round(sketch.getValueAtQuantile(share))));
    }
}
