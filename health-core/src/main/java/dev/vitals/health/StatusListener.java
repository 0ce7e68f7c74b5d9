package dev.vitals.health;

/**
 * Is called whenever the status of a report changes: of the report on all checks, and of that of each group. Each change
 * comes once, and those of one report in their order.
 */
@FunctionalInterface
public interface StatusListener {
    /**
     * Handles a change. Called on a worker thread, for one change at a time; a call that is slow or throws delays nobody
     * else. If it hangs, up to 1,000 changes of checks wait; what happens between further ones may be missed.
     *
     * <p>That a result is too old is found out when somebody reads a report or another result arrives.
     *
     * @param before the latest report that had the other status
     * @param after the report with the status of now; {@link HealthReport#group} says which one it is
     */
    void onStatus(HealthReport before, HealthReport after);
}
