package dev.vitals.health.monitor.poll;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reaches others over HTTP and TCP. Thread-safe; returns at once, without I/O on this thread.
 *
 * <p>Calls {@code done} exactly once, on any thread, no later than the timeout; whatever goes wrong is a reply as well,
 * never an exception. Redirects are not followed.
 */
public interface Transport extends AutoCloseable {
    /** Asks for what is at a URL. */
    void get(Ask ask, Consumer<Reply> done);

    /** Connects to a port, and closes the connection as soon as it is there. */
    void connect(String host, int port, Duration timeout, Consumer<Reply> done);

    /** Ends what is under way, with failures. */
    @Override
    void close();
}
