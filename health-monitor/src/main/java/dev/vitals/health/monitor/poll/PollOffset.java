package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.TargetId;
import java.time.Duration;

/**
 * When the polls of one target start: at its own place within each interval, which follows from its name, so that
 * targets are spread, and keep their places when the monitor is started again. Pure.
 *
 * @param origin any point in time that all grids share, in nanoseconds
 * @param place the target's place within an interval, from 0 to below 1
 * @param interval the time between two polls, in nanoseconds
 */
record PollOffset(long origin, double place, long interval) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final double RESOLUTION = 0x1p53;

    static PollOffset of(long origin, TargetId id, Duration interval) {
        return new PollOffset(origin, place(id.toString()), interval.toNanos());
    }

    /** Returns the first start that is not before that time; those that were missed are passed over. */
    long notBefore(long time) {
        long first = origin + (long) (place * interval);
        return first + Math.floorDiv(time - first + interval - 1, interval) * interval;
    }

    /** Returns the first start of a target that is new: within a second, or within the interval if that is shorter. */
    long soonAfter(long time) {
        return time + (long) (place * Math.min(interval, SOON.toNanos()));
    }

    // FNV-1a with the finish of SplitMix64: similar names must not get similar places.
    private static double place(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) / RESOLUTION;
    }
}
