package dev.vitals.health;

/** Is told of every change of a check's state: each exactly once, those of one check in their order. */
@FunctionalInterface
public interface HealthListener {
    /**
     * Takes notice. Called on a worker thread, for one change at a time; a call that is slow or throws delays and harms
     * nobody else. Behind one that hangs, changes wait, up to 10,000 of them.
     */
    void onChange(Change change);
}
