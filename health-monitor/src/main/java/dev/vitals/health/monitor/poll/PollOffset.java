package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;

/**
 * The times at which the polls of one target start: once in each interval, at an offset that follows from the target's
 * name. This spreads the targets, and keeps their times after a restart of the monitor. Pure.
 *
 * @param origin a point in time that all targets share, in nanoseconds; the same after a restart
 * @param share the offset as a share of the interval, from 0 to below 1
 * @param interval the time between two polls, in nanoseconds
 */
record PollOffset(long origin, double share, long interval) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final double RESOLUTION = 0x1p53;

    static PollOffset of(long origin, TargetId id, Duration interval) {
        return new PollOffset(origin, share(id.toString()), interval.toNanos());
    }

    /** Returns the first start at or after this time. Starts that were missed are skipped. */
    long notBefore(long time) {
        long first = origin + (long) (share * interval);
        return first + Math.floorDiv(time - first + interval - 1, interval) * interval;
    }

    /** Returns the first start of a new target: within a second, or within the interval if that is shorter. */
    long soonAfter(long time) {
        return time + (long) (share * Math.min(interval, SOON.toNanos()));
    }

    // FNV-1a, then the last step of SplitMix64: similar names must not have similar offsets.
    private static double share(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) / RESOLUTION;
    }
}
