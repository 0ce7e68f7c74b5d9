package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.store.MemoryStore;
import dev.vitals.health.monitor.store.Store;

/** The history in memory. */
class MemoryHistoryTest extends HistoryContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store open() {
        return memory;
    }
}
