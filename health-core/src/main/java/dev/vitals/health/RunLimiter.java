package dev.vitals.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets at most so many runs work at once; others wait in their order. A run gives its place back when it settles, so a
 * hung one does not keep it longer than its timeout.
 */
final class RunLimiter {
    private final int places;

    // Guards the two fields below it; nothing but queueing runs while it is held.
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<CheckRun> waiting = new ArrayDeque<>();
    private int taken;

    RunLimiter(int places) {
        this.places = places;
    }

    void enter(CheckRun run) {
        lock.lock();
        try {
            if (taken == places) {
                waiting.add(run);
                return;
            }
            taken++;
        } finally {
            lock.unlock();
        }
        run.launch();
    }

    void leave() {
        CheckRun next = next();
        if (next != null) {
            next.launch();
        }
    }

    private @Nullable CheckRun next() {
        lock.lock();
        try {
            CheckRun next = waiting.poll();
            if (next == null) {
                taken--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
