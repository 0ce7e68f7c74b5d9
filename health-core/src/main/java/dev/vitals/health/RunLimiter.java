package dev.vitals.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many runs work at the same time; others wait in their order. A run gives its place back when it settles, so
 * a hung one keeps it no longer than its timeout.
 */
final class RunLimiter {
    private final int places;

    // Guards the two fields below; only the queue changes while it is held.
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
