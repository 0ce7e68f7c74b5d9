package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.poll.TimingWheel.Planned;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of the wheel: a task is in the bucket of its tick, and stays there for as many rounds as its delay needs.
 * Guarded by the wheel's lock.
 */
final class WheelBuckets {
    static final int COUNT = 4_096;

    private final @Nullable Planned[] heads = new Planned[COUNT];
    private final BitSet occupied = new BitSet(COUNT);
    private long now = -1;

    private static int bucket(long tick) {
        return (int) (tick & (COUNT - 1));
    }

    void add(Planned planned) {
        // An overdue task goes into the next bucket.
        int bucket = bucket(Math.max(planned.tick, now + 1));
        planned.bucket = bucket;
        Planned head = heads[bucket];
        planned.after = head;
        if (head != null) {
            head.before = planned;
        }
        heads[bucket] = planned;
        occupied.set(bucket);
    }

    /** Removes the task; does nothing if it is in no bucket. */
    void remove(Planned planned) {
        int bucket = planned.bucket;
        if (bucket == Planned.NO_BUCKET) {
            return;
        }
        Planned before = planned.before;
        Planned after = planned.after;
        if (after != null) {
            after.before = before;
        }
        if (before != null) {
            before.after = after;
        } else {
            heads[bucket] = after;
            if (after == null) {
                occupied.clear(bucket);
            }
        }
        planned.before = null;
        planned.after = null;
        planned.bucket = Planned.NO_BUCKET;
    }

    /** Advances to this tick, and moves due tasks into the list. */
    void advance(long tick, List<Planned> due) {
        // After a long pause, each bucket is visited once.
        long first = Math.max(now + 1, tick - COUNT + 1);
        now = Math.max(now, tick);
        for (long passed = first; passed <= tick; passed++) {
            Planned planned = heads[bucket(passed)];
            while (planned != null) {
                Planned after = planned.after;
                if (planned.tick <= tick) {
                    remove(planned);
                    due.add(planned);
                }
                planned = after;
            }
        }
    }

    /** Returns the next tick at which a task may be due; one round from now if there is none. */
    long next() {
        int from = bucket(now + 1);
        int found = occupied.nextSetBit(from);
        if (found < 0) {
            found = occupied.nextSetBit(0);
        }
        return found < 0 ? now + COUNT : now + 1 + ((found - from) & (COUNT - 1));
    }

    void clear() {
        Arrays.fill(heads, null);
        occupied.clear();
    }
}
