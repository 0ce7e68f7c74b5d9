package dev.vitals.health.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Threads that never keep a JVM alive: virtual ones on JVM 21 and later, else daemon threads. */
public final class Threads {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private Threads() {}

    /** Returns whether {@link #workers} uses virtual threads on this JVM. */
    public static boolean virtual() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
    }

    /** Returns an unbounded executor with one thread for each task; idle daemon threads are reused for a minute. */
    public static Executor workers(String prefix) {
        if (!virtual()) {
            return Executors.newCachedThreadPool(daemon(prefix));
        }
        return new VirtualWorkers(prefix);
    }

    /** Looks for its factory at the first task, because reflection is slow on a JVM that has just started. */
    private static final class VirtualWorkers implements Executor {
        private final String prefix;
        private volatile @Nullable ThreadFactory factory;

        VirtualWorkers(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void execute(Runnable task) {
            ThreadFactory known = factory;
            if (known == null) {
                known = virtualFactory(prefix);
                factory = known;
            }
            known.newThread(task).start();
        }
    }

    /** Returns a factory of daemon platform threads; a name is the prefix and a number, which counts from 0. */
    public static ThreadFactory daemon(String prefix) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    // By reflection, because the project is compiled for 17; runs once for each executor.
    private static ThreadFactory virtualFactory(String prefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Method name = type.getMethod("name", String.class, long.class);
            return (ThreadFactory) type.getMethod("factory").invoke(name.invoke(builder, prefix, 0L));
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new LinkageError("JVM " + Runtime.version() + " has no virtual threads", e);
        }
    }
}
