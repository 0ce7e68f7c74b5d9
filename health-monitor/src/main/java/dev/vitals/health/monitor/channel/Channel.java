package dev.vitals.health.monitor.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A way to one receiver or several. One thread calls {@link #send}, one message after the other; {@link #close} may come
 * from another thread, and then a send in progress fails.
 */
public interface Channel extends AutoCloseable {
    /**
     * Hands over a message and waits for the receiver's answer, at most the channel's timeout. Does not throw for what the
     * network or the receiver does.
     *
     * @throws InterruptedException if the thread is interrupted; the receiver may have the message or not
     */
    Result send(Outgoing message) throws InterruptedException;

    /**
     * Returns how often messages about open incidents are handed over again, since the receiver forgets them; null for
     * never.
     */
    default @Nullable Duration resendEvery() {
        return null;
    }

    /** No further message follows for now: what was kept open for one may be closed. Called by the sender's thread. */
    default void idle() {}

    /** Ends the connections. */
    @Override
    void close();

    /** The receiver's answer. */
    sealed interface Result {}

    /**
     * The receiver took responsibility for the message.
     *
     * @param by who or what accepted it, for people, such as {@code 250 2.0.0 Ok: queued}
     */
    record Accepted(String by) implements Result {}

    /**
     * The message is to be tried again.
     *
     * @param why the reason for people
     * @param retryAfter how long the receiver asks to wait; null if it does not
     * @param unsure whether the receiver may have taken it, such as when the connection broke before its answer
     */
    record Failed(String why, @Nullable Duration retryAfter, boolean unsure) implements Result {
        /** Returns a failure after which it is certain that the receiver has nothing. */
        public static Failed notTaken(String why) {
            return new Failed(why, null, false);
        }

        /** Returns a failure after which the receiver may have the message. */
        public static Failed perhapsTaken(String why) {
            return new Failed(why, null, true);
        }
    }

    /**
     * The receiver refused the message for good; a person must do something.
     *
     * @param why the reason for people
     */
    record Refused(String why) implements Result {}
}
