package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The chunks of one target that touch a range, a few at a time: whoever reads slowly holds neither memory nor a
 * connection. What is open is looked at first, so that a chunk that is closed meanwhile is found in the store.
 */
final class Chunks {
    private static final int PAGE = 32;

    private final HistoryStore store;
    private final long target;
    private final long from;
    private final long to;
    private final ChunkSnapshot open;

    Chunks(HistoryStore store, long target, ChunkSnapshot open, long from, long to) {
        this.store = store;
        this.target = target;
        this.from = from;
        this.to = to;
        this.open = open;
    }

    Iterator<ChunkSnapshot> newestFirst(int upTo) {
        boolean withOpen = open.length() > 0 && open.chunk() <= upTo;
        int below = Math.min(upTo, HistoryStore.MAX_CHUNKS - 2) + 1;
        return new Pages(withOpen ? List.of(open) : List.of(), Math.min(below, open.chunk())) {
            @Override
            List<ChunkSnapshot> page(int below) {
                return shown(store.newestChunks(target, from, to, below, PAGE));
            }

            @Override
            int after(ChunkSnapshot last) {
                return last.chunk();
            }
        };
    }

    Iterator<ChunkSnapshot> oldestFirst() {
        return new Pages(List.of(), 0) {
            private boolean ended;

            @Override
            List<ChunkSnapshot> page(int first) {
                List<ChunkSnapshot> page = shown(store.oldestChunks(target, from, to, first, PAGE)).stream()
                        .filter(chunk -> chunk.chunk() < open.chunk())
                        .toList();
                if (page.isEmpty() && !ended && open.length() > 0) {
                    ended = true;
                    return List.of(open);
                }
                return ended ? List.of() : page;
            }

            @Override
            int after(ChunkSnapshot last) {
                return last.chunk() + 1;
            }
        };
    }

    private static List<ChunkSnapshot> shown(List<HistoryRows.Chunk> chunks) {
        return chunks.stream()
                .map(chunk -> new ChunkSnapshot(chunk.number(), chunk.bytes(), chunk.bytes().length))
                .toList();
    }

    /** Goes from page to page until one is empty. */
    private abstract static class Pages implements Iterator<ChunkSnapshot> {
        private Iterator<ChunkSnapshot> page;
        private int place;
        private boolean over;

        Pages(List<ChunkSnapshot> first, int place) {
            this.page = first.iterator();
            this.place = place;
        }

        abstract List<ChunkSnapshot> page(int place);

        abstract int after(ChunkSnapshot last);

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !over) {
                List<ChunkSnapshot> next = page(place);
                over = next.isEmpty();
                if (!over) {
                    place = after(next.get(next.size() - 1));
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
