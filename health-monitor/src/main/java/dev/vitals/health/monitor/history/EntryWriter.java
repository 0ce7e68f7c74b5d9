package dev.vitals.health.monitor.history;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes entries as few bytes: each says only what differs from those before it in its chunk. The first byte holds the
 * kind in its two lowest bits, and flags; {@link EntryReader} does the reverse.
 */
final class EntryWriter {
    static final int RESULT = 0;
    static final int MINUTE = 1;
    static final int SERIES = 2;
    static final int KIND = 3;

    static final int CODE_SHIFT = 2;
    static final int HTTP = 1 << 4;
    static final int MESSAGE = 1 << 5;
    static final int COMPONENTS = 1 << 6;

    static final int OKS = 1 << 2;
    static final int WARNINGS = 1 << 3;
    static final int ERRORS = 1 << 4;
    static final int SKETCH = 1 << 5;

    static final int ONE_VALUE = 1 << 2;

    private EntryWriter() {}

    static void result(ByteWriter out, DeltaState tail, KeptResult result) {
        int http = result.httpStatus() == null ? 0 : result.httpStatus() + 1;
        boolean httpChanged = http != tail.http;
        boolean messageChanged = !Objects.equals(result.message(), tail.message);
        boolean componentsChanged = !result.notOk().equals(tail.notOk);
        out.write(RESULT
                | ChunkFormat.of(result.code()) << CODE_SHIFT
                | (httpChanged ? HTTP : 0)
                | (messageChanged ? MESSAGE : 0)
                | (componentsChanged ? COMPONENTS : 0));
        out.signed(result.time() - tail.time);
        out.number(result.latencyMicros());
        tail.time = result.time();
        if (httpChanged) {
            out.number(http);
            tail.http = http;
        }
        if (messageChanged) {
            out.text(result.message());
            tail.message = result.message();
        }
        if (componentsChanged) {
            components(out, result.notOk());
            tail.notOk = result.notOk();
        }
    }

    private static void components(ByteWriter out, List<ComponentState> components) {
        out.number(components.size());
        for (ComponentState component : components) {
            out.text(component.name());
            out.write(ChunkFormat.of(component.status()));
            out.text(component.output());
        }
    }

    /** Writes a minute whose latencies are all there: sorted, each as its distance from the one before. */
    static void minute(ByteWriter out, DeltaState tail, int minute, int[] counts, int[] latencies, int size) {
        counts(out, tail, minute, counts, 0);
        Arrays.sort(latencies, 0, size);
        int before = 0;
        for (int i = 0; i < size; i++) {
            out.number(latencies[i] - before);
            before = latencies[i];
        }
    }

    /** Writes a minute of so many polls that only their sketch is there. */
    static void minute(ByteWriter out, DeltaState tail, int minute, int[] counts, LatencySketch latencies) {
        counts(out, tail, minute, counts, SKETCH);
        out.number(latencies.min());
        out.number(latencies.max());
        out.number(latencies.sum());
        out.bytes(latencies.sketch());
    }

    private static void counts(ByteWriter out, DeltaState tail, int minute, int[] counts, int flags) {
        int ok = counts[ChunkFormat.of(Outcome.Code.OK)];
        int warning = counts[ChunkFormat.of(Outcome.Code.WARNING)];
        int error = counts[ChunkFormat.of(Outcome.Code.ERROR)];
        out.write(MINUTE | (ok > 0 ? OKS : 0) | (warning > 0 ? WARNINGS : 0) | (error > 0 ? ERRORS : 0) | flags);
        out.signed((long) minute - tail.minute);
        tail.minute = minute;
        for (int count : new int[] {ok, warning, error}) {
            if (count > 0) {
                out.number(count);
            }
        }
    }

    static void series(ByteWriter out, DeltaState tail, SeriesMinute entry) {
        NumberSummary values = entry.values();
        boolean one = values.count() == 1;
        out.write(SERIES | (one ? ONE_VALUE : 0));
        out.write(entry.series());
        out.signed((long) entry.minute() - tail.seriesMinute);
        tail.seriesMinute = entry.minute();
        out.decimal(values.last());
        if (!one) {
            out.number(values.count());
            out.decimal(values.min());
            out.decimal(values.max());
            out.decimal(values.sum());
        }
    }
}
