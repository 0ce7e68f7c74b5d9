package dev.vitals.health.http;

import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests wait for a run. Each of them holds a thread of the server, so that many at the same time would keep
 * the application from answering its own clients. Thread-safe.
 */
final class Waiters {
    private static final int FEW = 2;

    private final @Nullable Predicate<HealthRequest> mayWait;
    private final Semaphore places = new Semaphore(FEW);

    /** Lets those wait that pass the predicate; if it is null, a few at a time, whoever they are. */
    Waiters(@Nullable Predicate<HealthRequest> mayWait) {
        this.mayWait = mayWait;
    }

    /**
     * Returns what to call after the wait; null if the request is to be answered with what is known.
     *
     * @param nothingIsKnown whether there is no result that counts
     */
    @Nullable
    Runnable enter(HealthRequest request, boolean nothingIsKnown) {
        if (nothingIsKnown || (mayWait != null && mayWait.test(request))) {
            return () -> {};
        }
        return mayWait == null && places.tryAcquire() ? places::release : null;
    }
}
