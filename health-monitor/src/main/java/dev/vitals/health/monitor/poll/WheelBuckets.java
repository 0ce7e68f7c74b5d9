package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.poll.TimingWheel.Planned;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of the wheel: a task stands in the slot of its tick, and waits there for as many rounds as it must. Guarded
 * by the wheel's lock.
 */
final class WheelBuckets {
    static final int COUNT = 4_096;

    private final @Nullable Planned[] heads = new Planned[COUNT];
    private final BitSet occupied = new BitSet(COUNT);
    private long now = -1;

    private static int slot(long tick) {
        return (int) (tick & (COUNT - 1));
    }

    void add(Planned planned) {
        // What is overdue stands where the wheel comes by next.
        int slot = slot(Math.max(planned.tick, now + 1));
        planned.slot = slot;
        Planned head = heads[slot];
        planned.after = head;
        if (head != null) {
            head.before = planned;
        }
        heads[slot] = planned;
        occupied.set(slot);
    }

    /** Takes the task out; harmless if it is not in. */
    void remove(Planned planned) {
        int slot = planned.slot;
        if (slot == Planned.NOWHERE) {
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
            heads[slot] = after;
            if (after == null) {
                occupied.clear(slot);
            }
        }
        planned.before = null;
        planned.after = null;
        planned.slot = Planned.NOWHERE;
    }

    /** Turns to that tick, and takes out what is due. */
    void advance(long tick, List<Planned> due) {
        // After a long pause each slot is looked at once.
        long first = Math.max(now + 1, tick - COUNT + 1);
        now = Math.max(now, tick);
        for (long passed = first; passed <= tick; passed++) {
            Planned planned = heads[slot(passed)];
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

    /** Returns the next tick at which something may be due; a round from now if nothing is planned. */
    long next() {
        int from = slot(now + 1);
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
