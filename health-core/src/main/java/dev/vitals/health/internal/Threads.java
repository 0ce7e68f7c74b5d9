package dev.vitals.health.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Daemon platform threads: they never keep a JVM alive, inherit no thread locals, and have the context class loader of the
 * thread that made their factory, whoever starts them.
 */
public final class Threads {
    private static final long DEFAULT_STACK = 0;

    private Threads() {}

    /** Returns an unbounded executor with one thread for each task; idle threads are reused for a minute. */
    public static WorkerPool workers(String prefix) {
        return new WorkerPool(prefix);
    }

    /** Returns a factory of threads whose name is the prefix and a number, which counts from 0. */
    public static ThreadFactory daemon(String prefix) {
        AtomicLong count = new AtomicLong();
        return daemon(() -> prefix + count.getAndIncrement());
    }

    /** Returns a factory of threads of that name; for executors with one thread. */
    public static ThreadFactory named(String name) {
        return daemon(() -> name);
    }

    private static ThreadFactory daemon(Supplier<String> names) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = new Thread(null, task, names.get(), DEFAULT_STACK, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
