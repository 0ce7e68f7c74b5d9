package dev.vitals.health.indicator;

import dev.vitals.health.internal.IoFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Names the reason of an I/O failure in a message, without the text of the exception, which may hold anything. */
final class FailureReason {
    private FailureReason() {}

    static String of(Throwable failure) {
        return IoFailure.of(failure);
    }

    /** Returns the end of a message: the time limit, such as {@code  within 100 ms}, if it was over, else the reason. */
    static String of(IOException failure, Deadline deadline) {
        boolean late = failure instanceof SocketTimeoutException || deadline.isOver();
        return late ? " " + deadline : ": " + of(failure);
    }
}
