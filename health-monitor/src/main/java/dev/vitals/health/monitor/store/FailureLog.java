package dev.vitals.health.monitor.store;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Logs a failure that repeats, such as one of the store, so that it fills no log: each cause once at WARN with its last cause
 * in words, then at DEBUG with the stack trace until the work succeeds again, which is logged once too. Thread-safe.
 */
public final class FailureLog {
    private static final int MAX_CAUSES = 10;

    private final Logger log;
    private final String work;
    private final Set<String> told = new HashSet<>();
    private long failures;

    /**
     * Creates a log without failures.
     *
     * @param work what fails, as the subject of a sentence: "the deletion of old rows"
     */
    public FailureLog(Logger log, String work) {
        this.log = log;
        this.work = work;
    }

    /**
     * Logs a failure.
     *
     * @param then what happens now: "the next attempt is in 10 min"
     */
    public void failed(Throwable e, String then) {
        String cause = Database.reason(e);
        boolean first;
        synchronized (told) {
            failures++;
            first = told.size() < MAX_CAUSES && told.add(cause);
        }
        if (first) {
            log.warn("{} fails; {}; further failures are logged at DEBUG: {}", work, then, cause);
        }
        log.debug("{} fails", work, e);
    }

    /** Logs that the work succeeded, if it failed before. */
    public void succeeded() {
        long before;
        synchronized (told) {
            before = failures;
            failures = 0;
            told.clear();
        }
        if (before > 0) {
            log.info("{} works again after {} failures", work, before);
        }
    }
}
