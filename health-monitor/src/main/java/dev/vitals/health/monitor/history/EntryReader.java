package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the entries of one chunk, in the order in which {@link EntryWriter} wrote them. */
final class EntryReader {
    private final ByteReader in;
    private final DeltaState tail;

    EntryReader(byte[] bytes, int length) {
        this(bytes, length, new DeltaState());
    }

    EntryReader(byte[] bytes, int length, DeltaState tail) {
        this.in = new ByteReader(bytes, length);
        this.tail = tail;
    }

    /** Returns all entries of a chunk. */
    static List<Entry> all(byte[] bytes, int length) {
        EntryReader reader = new EntryReader(bytes, length);
        List<Entry> entries = new ArrayList<>();
        while (reader.hasMore()) {
            entries.add(reader.next());
        }
        return entries;
    }

    /** Returns the results of a chunk alone. */
    static List<KeptResult> results(ChunkSnapshot chunk) {
        EntryReader reader = new EntryReader(chunk.bytes(), chunk.length());
        List<KeptResult> results = new ArrayList<>();
        while (reader.hasMore()) {
            if (reader.next() instanceof KeptResult result) {
                results.add(result);
            }
        }
        return results;
    }

    boolean hasMore() {
        return in.hasMore();
    }

    Entry next() {
        int first = in.read();
        return switch (first & EntryWriter.KIND) {
            case EntryWriter.RESULT -> result(first);
            case EntryWriter.MINUTE -> minute(first);
            case EntryWriter.SERIES -> series(first);
            default -> throw new IllegalStateException("the history is damaged: no entry begins with " + first);
        };
    }

    private KeptResult result(int flags) {
        tail.time += in.signed();
        long latency = in.number();
        if ((flags & EntryWriter.HTTP) != 0) {
            tail.http = in.whole();
        }
        if ((flags & EntryWriter.MESSAGE) != 0) {
            tail.message = in.text();
        }
        if ((flags & EntryWriter.COMPONENTS) != 0) {
            tail.notOk = components();
        }
        return new KeptResult(
                tail.time,
                ChunkFormat.code(flags >> EntryWriter.CODE_SHIFT & EntryWriter.KIND),
                latency,
                tail.http == 0 ? null : (Integer) (tail.http - 1),
                tail.message,
                tail.notOk);
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

    private Minute minute(int flags) {
        tail.minute += (int) in.signed();
        long oks = (flags & EntryWriter.OKS) == 0 ? 0 : in.number();
        long warnings = (flags & EntryWriter.WARNINGS) == 0 ? 0 : in.number();
        long errors = (flags & EntryWriter.ERRORS) == 0 ? 0 : in.number();
        if ((flags & EntryWriter.SKETCH) != 0) {
            long[] exact = {in.number(), in.number(), in.number()};
            return new Minute(tail.minute, oks, warnings, errors, exact, in.bytes());
        }
        long[] latencies = new long[Math.toIntExact(oks + warnings + errors)];
        long value = 0;
        for (int i = 0; i < latencies.length; i++) {
            value += in.number();
            latencies[i] = value;
        }
        return new Minute(tail.minute, oks, warnings, errors, latencies, null);
    }

    private SeriesMinute series(int flags) {
        int series = in.read();
        tail.seriesMinute += (int) in.signed();
        double last = in.decimal();
        if ((flags & EntryWriter.ONE_VALUE) != 0) {
            return new SeriesMinute(tail.seriesMinute, series, NumberSummary.of(last));
        }
        long count = in.number();
        double min = in.decimal();
        double max = in.decimal();
        return new SeriesMinute(tail.seriesMinute, series, new NumberSummary(count, min, max, in.decimal(), last));
    }
}
