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

    /**
     * Returns the next bytes; none if there are none yet, and then {@link #onMore} tells when to ask again; null at the end.
     * Called by one thread at a time; must not block.
     */
    @Nullable
    ByteBuffer next();

    /** Gets what to call when there may be more bytes, from any thread; called once, before the first {@link #next}. */
    default void onMore(Runnable ask) {}

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
