package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.ExchangeResult;
import org.jspecify.annotations.Nullable;

/**
 * Polls one target once. Thread-safe.
 *
 * <p>The result comes by a callback and not as a stage: at thousands of polls a second, each stage would be garbage.
 */
public interface Poller extends AutoCloseable {
    /**
     * Starts a poll and returns at once, without I/O on this thread. The listener is called exactly once, on any
     * thread, no later than the target's timeout. Every problem is a result too, never an exception.
     */
    void poll(Target target, Listener done);

    /** Fails the running polls, and starts no more. */
    @Override
    void close();

    /** Takes the result of a poll. */
    @FunctionalInterface
    interface Listener {
        /**
         * Takes the result; must be short and must not block.
         *
         * @param exchange how far the call came and how long each phase took; null for a poll without a connection of
         *     ours
         */
        void polled(PollResult result, @Nullable ExchangeResult exchange);
    }
}
