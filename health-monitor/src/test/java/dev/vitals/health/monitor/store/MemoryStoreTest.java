package dev.vitals.health.monitor.store;

/** The store of other tests keeps the contract, too. */
class MemoryStoreTest extends StoreContract {
    @Override
    Store create() {
        return new MemoryStore();
    }
}
