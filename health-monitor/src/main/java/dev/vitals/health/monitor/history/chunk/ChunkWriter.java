package dev.vitals.health.monitor.history.chunk;

import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An open chunk: encodes entries and appends them. Not thread-safe; any thread may read a {@link #snapshot}, since bytes that
 * are written never change.
 */
public final class ChunkWriter {
    private static final int FIRST_BYTES = 64;

    private final ByteWriter out = new ByteWriter(FIRST_BYTES);
    private final DeltaState last = new DeltaState();

    /** Returns whether there is no entry yet. */
    public boolean isEmpty() {
        return out.length() == 0;
    }

    /** Returns the number of bytes. */
    public int length() {
        return out.length();
    }

    /** Returns a copy of the bytes. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    /** Returns what is written so far, without a copy. */
    public ChunkSnapshot snapshot(int number) {
        return new ChunkSnapshot(number, out.array(), out.length());
    }

    /** Appends an entry. */
    public void add(Entry entry) {
        if (isEmpty()) {
            out.write(ChunkFormat.VERSION_BYTE);
        }
        if (entry instanceof KeptResult result) {
            result(result);
        } else if (entry instanceof Entry.Minute minute) {
            minute(minute);
        } else if (entry instanceof Entry.SeriesMinute minute) {
            seriesMinute(minute);
        }
    }

    /**
     * Appends bytes that were added to this chunk before a restart.
     *
     * @return the entries in these bytes
     * @throws IllegalStateException if the bytes are damaged, or of a newer version of the format
     */
    public List<Entry> replay(byte[] bytes, int from, int to) {
        ChunkReader reader =
                isEmpty() ? ChunkReader.atStart(bytes, from, to, last) : new ChunkReader(bytes, from, to, last);
        List<Entry> entries = new ArrayList<>(1);
        while (reader.hasMore()) {
            entries.add(reader.next());
        }
        out.write(bytes, from, to - from);
        return entries;
    }

    private void result(KeptResult result) {
        int http = result.httpStatus() == null ? 0 : result.httpStatus() + 1;
        boolean httpChanged = http != last.http;
        boolean messageChanged = !Objects.equals(result.message(), last.message);
        boolean componentsChanged = !result.notOk().equals(last.notOk);
        out.write(ChunkFormat.RESULT
                | ChunkFormat.number(result.code()) << ChunkFormat.CODE_SHIFT
                | (httpChanged ? ChunkFormat.HTTP : 0)
                | (messageChanged ? ChunkFormat.MESSAGE : 0)
                | (componentsChanged ? ChunkFormat.COMPONENTS : 0));
        out.signed(result.time() - last.time);
        out.number(result.latencyMicros());
        last.time = result.time();
        if (httpChanged) {
            out.number(http);
            last.http = http;
        }
        if (messageChanged) {
            out.text(result.message());
            last.message = result.message();
        }
        if (componentsChanged) {
            components(result.notOk());
            last.notOk = result.notOk();
        }
    }

    private void components(List<ComponentState> components) {
        out.number(components.size());
        for (ComponentState component : components) {
            out.text(component.name());
            out.write(ChunkFormat.number(component.status()));
            out.text(component.output());
        }
    }

    private void minute(Entry.Minute minute) {
        Entry.Sketch sketch = minute.sketch();
        out.write(ChunkFormat.MINUTE
                | (minute.oks() > 0 ? ChunkFormat.OKS : 0)
                | (minute.warnings() > 0 ? ChunkFormat.WARNINGS : 0)
                | (minute.errors() > 0 ? ChunkFormat.ERRORS : 0)
                | (sketch != null ? ChunkFormat.SKETCH : 0));
        out.signed((long) minute.minute() - last.minute);
        last.minute = minute.minute();
        count(minute.oks());
        count(minute.warnings());
        count(minute.errors());
        if (sketch != null) {
            out.number(sketch.min());
            out.number(sketch.max());
            out.number(sketch.sum());
            out.bytes(sketch.bytes());
            return;
        }
        int before = 0;
        for (int latency : minute.latencies()) {
            out.number(latency - before);
            before = latency;
        }
    }

    private void count(long polls) {
        if (polls > 0) {
            out.number(polls);
        }
    }

    private void seriesMinute(Entry.SeriesMinute minute) {
        NumberSummary values = minute.values();
        boolean one = values.count() == 1;
        out.write(ChunkFormat.SERIES_MINUTE | (one ? ChunkFormat.ONE_VALUE : 0));
        out.write(minute.series());
        out.signed((long) minute.minute() - last.seriesMinute);
        last.seriesMinute = minute.minute();
        out.decimal(values.last());
        if (!one) {
            out.number(values.count());
            out.decimal(values.min());
            out.decimal(values.max());
            out.decimal(values.sum());
        }
    }

    /** Copies the bytes from a position on to another writer. */
    void copyTo(ByteWriter target, int from) {
        target.number(out.length() - from);
        target.write(out.array(), from, out.length() - from);
    }
}
