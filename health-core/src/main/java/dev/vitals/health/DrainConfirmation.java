package dev.vitals.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the answers by which probers were told that this instance is not ready. Thread-safe. */
final class DrainConfirmation {
    private final List<Wait> waits = new CopyOnWriteArrayList<>();

    private record Wait(AtomicInteger left, CompletableFuture<Boolean> proven) {}

    void answered() {
        for (Wait wait : waits) {
            if (wait.left().decrementAndGet() <= 0) {
                wait.proven().complete(true);
            }
        }
    }

    CompletableFuture<Boolean> await(int answers, Duration cap, Scheduler scheduler) {
        Wait wait = new Wait(new AtomicInteger(answers), new CompletableFuture<>());
        waits.add(wait);
        Scheduler.Cancellation end = scheduler.schedule(() -> wait.proven().complete(false), cap);
        return wait.proven().whenComplete((proven, failure) -> {
            waits.remove(wait);
            end.cancel();
        });
    }
}
