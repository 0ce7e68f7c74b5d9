package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks for deadlocks, which are ERROR, and the number of live threads: WARNING from 1,000, ERROR from 5,000.
 *
 * <p>Deadlocks of monitors and of locks such as {@code ReentrantLock} are found; the message names at most 10 threads.
 * Virtual threads are neither counted nor searched. Measures {@code count}, the live threads, in threads; data: {@code deadlocked}, the names,
 * if there are any. The search stops the JVM for some milliseconds with thousands of threads. Fits the group
 * {@code live}, since only a restart ends a deadlock.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class ThreadsIndicator implements HealthCheck {
    private static final int WARN_AT = 1_000;
    private static final int FAIL_AT = 5_000;
    private static final int MAX_LIMIT = 1_000_000;
    private static final int MAX_NAMED = 10;

    private final int warnAt;
    private final int failAt;

    private ThreadsIndicator(int warnAt, int failAt) {
        this.warnAt = warnAt;
        this.failAt = failAt;
    }

    /** Returns a check of this JVM's threads. */
    public static ThreadsIndicator of() {
        return new ThreadsIndicator(WARN_AT, FAIL_AT);
    }

    /**
     * Returns a copy with other limits; default 1,000 and 5,000.
     *
     * @param warnAt live threads from which on the outcome is WARNING; from 1
     * @param failAt live threads from which on it is ERROR; from {@code warnAt} to 1,000,000
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public ThreadsIndicator limits(int warnAt, int failAt) {
        Require.range("warnAt", warnAt, 1, MAX_LIMIT);
        return new ThreadsIndicator(warnAt, Require.range("failAt", failAt, warnAt, MAX_LIMIT));
    }

    @Override
    public Outcome run() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int live = threads.getThreadCount();
        List<String> deadlocked = deadlocked(threads);
        Outcome outcome = deadlocked.isEmpty() ? judge(live) : deadlock(deadlocked);
        return outcome.measured("count", live, "threads");
    }

    private Outcome judge(int live) {
        if (live < warnAt) {
            return Outcome.ok();
        }
        return live >= failAt
                ? Outcome.error(live + " live threads, the limit is " + failAt)
                : Outcome.warning(live + " live threads, the limit is " + warnAt);
    }

    private static Outcome deadlock(List<String> names) {
        String named = names.stream().limit(MAX_NAMED).map(Require::shown).collect(Collectors.joining(", "));
        String more = names.size() > MAX_NAMED ? " and more" : "";
        return Outcome.error("deadlock of " + names.size() + " threads: " + named + more)
                .with("deadlocked", names.stream().limit(MAX_NAMED).toList());
    }

    private static List<String> deadlocked(ThreadMXBean threads) {
        long[] ids = threads.isSynchronizerUsageSupported()
                ? threads.findDeadlockedThreads()
                : threads.findMonitorDeadlockedThreads();
        if (ids == null) {
            return List.of();
        }
        return Arrays.stream(threads.getThreadInfo(ids))
                .filter(Objects::nonNull) // the thread has ended, for example because its wait was interrupted
                .map(ThreadInfo::getThreadName)
                .toList();
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("system");
    }
}
