package dev.vitals.health;

/** Is called for every change of a check's state: once for each, and for those of one check in their order. */
@FunctionalInterface
public interface HealthListener {
    /**
     * Handles a change. Called on a worker thread, for one change at a time; a call that is slow or throws delays nobody
     * else. If it hangs, up to 10,000 changes wait, and further ones are lost.
     */
    void onChange(Change change);
}
