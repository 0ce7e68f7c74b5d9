package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Polls one target once. Thread-safe.
 *
 * <p>It tells by a callback rather than a stage, because thousands of polls a second should not each carry one, and
 * because nobody can be tempted to wait for a callback.
 */
public interface Prober extends AutoCloseable {
    /**
     * Begins a poll and returns at once, without I/O on this thread. Calls {@code done} exactly once, on any thread, no
     * later than the target's timeout; whatever goes wrong is a result as well, never an exception.
     */
    void probe(Target target, Consumer<PollResult> done);

    /** Ends the polls under way. */
    @Override
    void close();

    /** Returns a prober of all kinds on the HTTP client of the JDK: connections are kept. */
    static Prober jdk(Scheduler scheduler, InstantSource clock, String version, PushReports pushes) {
        return new Probers(new JdkTransport(scheduler), scheduler, clock, version, pushes);
    }
}
