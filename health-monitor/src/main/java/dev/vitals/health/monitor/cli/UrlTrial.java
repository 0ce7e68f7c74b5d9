package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.poll.TimingWheel;
import dev.vitals.health.monitor.probe.PollContext;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.probe.PushReports;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Polls URLs exactly as a monitor would that watches an app of the kind {@code health}. Used by one thread. */
final class UrlTrial implements AutoCloseable {
    private static final TargetId ID = TargetId.parse("check/url").orElseThrow();

    private final InstantSource clock;
    private final TimingWheel scheduler;
    private final NetClient client;
    private final PushReports reports;
    private final Poller poller;

    UrlTrial(InstantSource clock) {
        this.clock = clock;
        scheduler = TimingWheel.start("check-scheduler");
        client = NetClient.start(scheduler);
        reports = new PushReports(scheduler, clock, since -> Duration.ZERO, (target, result) -> {});
        poller = Probes.poller(
                new PollContext(client, target -> AddressGuard.NONE, scheduler, clock, Monitor.version(), reports));
    }

    /**
     * A result, and how far the call came.
     *
     * @param exchange null if there was no call
     */
    record Seen(String path, PollResult result, @Nullable ExchangeResult exchange) {}

    /**
     * Polls once.
     *
     * @param base the URL of the app
     * @param path below the URL
     * @param timeout in whole seconds, 2 s to 60 s
     * @throws dev.vitals.health.monitor.model.InvalidFieldsException if the monitor would not take the URL
     */
    Seen look(String base, String path, Duration timeout) throws InterruptedException {
        Fields fields = Fields.of(
                Map.of("url", base, "healthPath", path, "interval", 300, "timeout", timeout.toSeconds()), Naming.CAMEL);
        ProbeSettings settings = new SettingsReader(Probes.KINDS).registration(ID, fields);
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        poller.poll(
                Target.configured(ID, Source.REGISTRATION, settings, clock.instant()),
                (result, exchange) -> seen.complete(new Seen(path, result, exchange)));
        try {
            return seen.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a poll is a result, never an exception", e);
        }
    }

    @Override
    public void close() {
        poller.close();
        client.close();
        reports.close();
        scheduler.close();
    }
}
