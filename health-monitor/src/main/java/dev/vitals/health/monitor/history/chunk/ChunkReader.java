package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Decodes entries of one chunk, in the order in which {@link ChunkWriter} wrote them. */
final class ChunkReader {
    private final ByteReader in;
    private final DeltaState last;

    /** Reads entries that follow others, which have left the state as it is. */
    ChunkReader(byte[] bytes, int from, int to, DeltaState last) {
        this.in = new ByteReader(bytes, from, to);
        this.last = last;
    }

    /** Reads a chunk from its start, where its version is. */
    static ChunkReader atStart(byte[] bytes, int from, int to, DeltaState last) {
        ChunkReader reader = new ChunkReader(bytes, from, to, last);
        reader.version();
        return reader;
    }

    private void version() {
        // Chunks of version 0 begin with an entry.
        if (in.hasMore() && (in.peek() & ChunkFormat.KIND_MASK) == ChunkFormat.VERSION_KIND) {
            int version = in.read() >> ChunkFormat.VERSION_SHIFT;
            if (version != ChunkFormat.VERSION) {
                throw new IllegalStateException("a chunk of the history has version " + version
                        + ", which this monitor cannot read: its newest version is " + ChunkFormat.VERSION);
            }
        }
    }

    boolean hasMore() {
        return in.hasMore();
    }

    Entry next() {
        int first = in.read();
        return switch (first & ChunkFormat.KIND_MASK) {
            case ChunkFormat.RESULT -> result(first);
            case ChunkFormat.MINUTE -> minute(first);
            case ChunkFormat.SERIES_MINUTE -> seriesMinute(first);
            default -> throw ChunkFormat.damaged("an entry begins with " + first);
        };
    }

    private KeptResult result(int flags) {
        last.time += in.signed();
        long latency = in.number();
        if ((flags & ChunkFormat.HTTP) != 0) {
            last.http = in.whole();
        }
        if ((flags & ChunkFormat.MESSAGE) != 0) {
            last.message = in.text();
        }
        if ((flags & ChunkFormat.COMPONENTS) != 0) {
            last.notOk = components();
        }
        return new KeptResult(
                last.time,
                ChunkFormat.code(flags >> ChunkFormat.CODE_SHIFT & ChunkFormat.CODE_MASK),
                latency,
                last.http == 0 ? null : (Integer) (last.http - 1),
                last.message,
                last.notOk);
    }

    private List<ComponentState> components() {
        int size = in.whole();
        List<ComponentState> components = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = Objects.requireNonNull(in.text(), "name");
            components.add(new ComponentState(name, ChunkFormat.status(in.read()), in.text()));
        }
        return List.copyOf(components);
    }

    private Entry.Minute minute(int flags) {
        last.minute += (int) in.signed();
        long oks = (flags & ChunkFormat.OKS) == 0 ? 0 : in.number();
        long warnings = (flags & ChunkFormat.WARNINGS) == 0 ? 0 : in.number();
        long errors = (flags & ChunkFormat.ERRORS) == 0 ? 0 : in.number();
        if ((flags & ChunkFormat.SKETCH) != 0) {
            Entry.Sketch sketch = new Entry.Sketch(in.number(), in.number(), in.number(), in.bytes());
            return new Entry.Minute(last.minute, oks, warnings, errors, new int[0], sketch);
        }
        int[] latencies = new int[Math.toIntExact(oks + warnings + errors)];
        int latency = 0;
        for (int i = 0; i < latencies.length; i++) {
            latency = Math.addExact(latency, in.whole());
            latencies[i] = latency;
        }
        return new Entry.Minute(last.minute, oks, warnings, errors, latencies, null);
    }

    private Entry.SeriesMinute seriesMinute(int flags) {
        int series = in.read();
        last.seriesMinute += (int) in.signed();
        double newest = in.decimal();
        if ((flags & ChunkFormat.ONE_VALUE) != 0) {
            return new Entry.SeriesMinute(last.seriesMinute, series, NumberSummary.of(newest));
        }
        long count = in.number();
        double min = in.decimal();
        double max = in.decimal();
        NumberSummary values = new NumberSummary(count, min, max, in.decimal(), newest);
        return new Entry.SeriesMinute(last.seriesMinute, series, values);
    }
}
