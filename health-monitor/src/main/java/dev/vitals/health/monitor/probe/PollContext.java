package dev.vitals.health.monitor.probe;

import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.net.NetClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * The shared parts that pollers use.
 *
 * @param client makes HTTP and TCP calls; the pollers do not close it
 * @param guards returns the guard that decides to which addresses a target may lead
 * @param scheduler plans timeouts
 * @param clock the time of results
 * @param version the monitor's version, for the header {@code User-Agent}
 * @param pushReports the reports of apps that are not polled
 */
public record PollContext(
        NetClient client,
        Function<Target, AddressGuard> guards,
        Scheduler scheduler,
        InstantSource clock,
        String version,
        PushReports pushReports) {
    AddressGuard guard(Target target) {
        return guards.apply(target);
    }

    /** Returns the time of a result that starts now. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
