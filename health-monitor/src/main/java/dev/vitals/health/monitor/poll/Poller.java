package dev.vitals.health.monitor.poll;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
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
public interface Poller extends AutoCloseable {
    /**
     * Begins a poll and returns at once, without I/O on this thread. Calls {@code done} exactly once, on any thread, no
     * later than the target's timeout; whatever goes wrong is a result as well, never an exception.
     */
    void probe(Target target, Consumer<PollResult> done);

    /** Like {@link #probe}, and tells how far it came and how long each phase took, where that is known. */
    default void explain(Target target, Consumer<DiagnosedResult> done) {
        probe(target, result -> done.accept(new DiagnosedResult(result, null)));
    }

    /** Ends the polls under way. */
    @Override
    void close();

    /**
     * Returns a prober of all kinds.
     *
     * @param client for what is reached over the network; not closed with the prober
     * @param guards who says for a target which addresses may be connected to
     */
    static Poller of(
            NetClient client,
            Function<Target, AddressGuard> guards,
            Scheduler scheduler,
            InstantSource clock,
            String version,
            PushReports pushes) {
        return new Pollers(new WebPoller(client, guards, clock, version), guards, scheduler, clock, pushes);
    }
}
