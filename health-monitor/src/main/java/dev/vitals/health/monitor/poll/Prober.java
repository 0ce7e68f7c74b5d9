package dev.vitals.health.monitor.poll;

import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.AddressGuard;
import dev.vitals.health.monitor.net.NetClient;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

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

    /**
     * Returns a prober on that client, which is closed with it.
     *
     * @param guards who says for a target which addresses may be connected to
     */
    static Prober netty(NetClient client, InstantSource clock, String version, Function<Target, AddressGuard> guards) {
        return new NettyProber(client, clock, version, guards);
    }
}
