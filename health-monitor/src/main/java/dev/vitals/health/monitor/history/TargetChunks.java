package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.ChunkSnapshot;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The chunks of one target at one moment: those in the store and its head chunk. They are read from the store a few at a
 * time, so a slow reader holds neither much memory nor a connection.
 *
 * <p>The snapshot of the head chunk is taken before the store is asked, so a chunk that is stored in between is not missed.
 */
final class TargetChunks {
    private static final int PAGE = 32;

    private final HistoryStore store;
    private final HistoryRows.Known known;
    private final ChunkSnapshot head;

    TargetChunks(HistoryStore store, HistoryRows.Known known, ChunkSnapshot head) {
        this.store = store;
        this.known = known;
        this.head = head;
    }

    HistoryRows.Known known() {
        return known;
    }

    /** Returns chunks that touch the range and are numbered up to a limit. */
    Iterator<ChunkSnapshot> newestFirst(TimeRange range, int upTo) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        boolean withHead = !head.isEmpty() && head.number() <= upTo;
        int below = Math.min(upTo, HistoryStore.MAX_CHUNKS - 2) + 1;
        return new Pages(withHead ? List.of(head) : List.of(), Math.min(below, head.number())) {
            @Override
            List<ChunkSnapshot> page(int below) {
                return snapshots(store.newestChunks(known.number(), from, to, below, PAGE));
            }

            @Override
            int after(ChunkSnapshot last) {
                return last.number();
            }
        };
    }

    /** Returns chunks that touch the range. */
    Iterator<ChunkSnapshot> oldestFirst(TimeRange range) {
        long from = range.from().toEpochMilli();
        long to = range.to().toEpochMilli();
        return new Pages(List.of(), 0) {
            private boolean headReached;

            @Override
            List<ChunkSnapshot> page(int first) {
                if (headReached) {
                    return List.of();
                }
                List<ChunkSnapshot> page = snapshots(store.oldestChunks(known.number(), from, to, first, PAGE)).stream()
                        .filter(chunk -> chunk.number() < head.number())
                        .toList();
                headReached = page.isEmpty();
                return headReached && !head.isEmpty() ? List.of(head) : page;
            }

            @Override
            int after(ChunkSnapshot last) {
                return last.number() + 1;
            }
        };
    }

    private static List<ChunkSnapshot> snapshots(List<HistoryRows.Chunk> rows) {
        return rows.stream()
                .map(row -> ChunkSnapshot.of(row.number(), row.bytes()))
                .toList();
    }

    /** Iterates from page to page, until one is empty. */
    private abstract static class Pages implements Iterator<ChunkSnapshot> {
        private Iterator<ChunkSnapshot> page;
        private int position;
        private boolean ended;

        Pages(List<ChunkSnapshot> first, int position) {
            this.page = first.iterator();
            this.position = position;
        }

        abstract List<ChunkSnapshot> page(int position);

        abstract int after(ChunkSnapshot last);

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !ended) {
                List<ChunkSnapshot> next = page(position);
                ended = next.isEmpty();
                if (!ended) {
                    position = after(next.get(next.size() - 1));
                }
                page = next.iterator();
            }
            return page.hasNext();
        }

        @Override
        public ChunkSnapshot next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
