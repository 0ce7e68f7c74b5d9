package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a great answer while its reader takes them. Closed when the answer ends, however it ends. */
interface AnswerSource extends AutoCloseable {
    /** Where sources make bytes: few threads, so that those of the server, and some of the processors, are left to others. */
    Executor MAKERS = makers();

    /** Returns the next bytes; null at the end. Called by one thread at a time; must not block. */
    @Nullable
    ByteBuffer next();

    /** Returns about how many bytes of memory it holds until then. */
    long heldBytes();

    @Override
    default void close() {}

    private static Executor makers() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
        ThreadPoolExecutor makers = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Threads.daemon("monitor-rows-"));
        makers.allowCoreThreadTimeOut(true);
        return makers;
    }
}
