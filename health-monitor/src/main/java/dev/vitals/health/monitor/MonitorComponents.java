package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.history.Retention;
import dev.vitals.health.monitor.history.RetentionPolicy;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.instance.Registrations;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.poll.TimingWheel;
import dev.vitals.health.monitor.probe.PollContext;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.probe.PushReports;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.SecretValues;
import dev.vitals.health.monitor.store.Store;
import dev.vitals.health.monitor.store.SuppressionStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a monitor, opened and started in the order in which they stand on each other. This is the one place where
 * they are wired; only what they answer over HTTP is in {@link MonitorRoutes}.
 */
final class MonitorComponents {
    /** Reads the settings of targets of all kinds. */
    static final SettingsReader SETTINGS = new SettingsReader(Probes.KINDS);

    final MonitorBuilder settings;
    final Access access;
    final History history;
    final Registry registry;
    final MonitorMetrics metrics;
    final PushReports pushes;
    final Poller poller;
    final PollSchedule schedule;
    final Suppressions suppressions;
    final Gates gates;
    final FileSource file;
    final HostChecks hosts;
    final Registrations registrations;
    final AddressRules rules;
    final Health health;

    /** Opens all and starts to poll; whatever was opened is added to the resources, also if this fails. */
    MonitorComponents(Resources resources, MonitorBuilder settings) throws IOException {
        this.settings = settings;
        Scheduler scheduler =
                settings.scheduler != null ? settings.scheduler : resources.add(TimingWheel.start("monitor-scheduler"));
        DataDirectory data = resources.add(DataDirectory.open(settings.data));
        LateSecrets secrets = new LateSecrets();
        Store store = resources.add(open(data, secrets));
        access = resources.add(Access.open(store, data.path(), settings.clock, scheduler::nanoTime));
        secrets.from(access.secrets());
        history = History.open(store.history(), settings.clock, ObservedValues.OF_COMPONENTS);
        registry = resources.add(new Registry(store, settings.clock, settings.forgetAfter, history));
        registrations = resources.add(new Registrations(registry, secrets));
        rules = new AddressRules(settings.isLocal(), settings.allowed, settings.denied);
        metrics = resources.add(new MonitorMetrics(registry));
        pushes = resources.add(new PushReports(scheduler, settings.clock, this::take));
        NetClient client = resources.add(NetClient.start(scheduler));
        poller = resources.add(Probes.poller(
                new PollContext(client, this::guard, scheduler, settings.clock, Version.current(), pushes)));
        schedule = resources.add(new PollSchedule(scheduler, poller, this::take));
        metrics.bind(schedule);
        suppressions = new Suppressions(SuppressionStore.beside(store));
        gates = resources.add(new Gates(
                registry, GateStore.beside(store), suppressions, schedule::pollSoon, scheduler, settings.clock));
        file = resources.add(new FileSource(settings.file, SETTINGS, scheduler, registry, secrets, settings.clock));
        hosts = resources.add(new HostChecks(
                HostCheckStore.beside(store, secrets, SETTINGS),
                SETTINGS,
                registry,
                secrets,
                settings.clock,
                settings.maxChecksPerHost));
        startPolling();
        resources.add(new LeaseSweep(scheduler, registry)).begin();
        RetentionPolicy keep = new RetentionPolicy(settings.keepResults, settings.keepHours);
        resources
                .add(new Retention(scheduler, settings.clock, store.history(), keep))
                .begin();
        health = resources.add(OwnHealth.start(settings, scheduler, store, registry, schedule, file));
        metrics.bind(health);
    }

    private static Store open(DataDirectory data, SecretValues secrets) throws IOException {
        try {
            return Store.sqlite(data.database(), secrets, SETTINGS);
        } catch (RuntimeException e) {
            // Pool, migration and driver throw what they like; to the operator it is one thing.
            throw new IOException("database " + data.database() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void startPolling() throws IOException {
        PollingListener watch = new PollingListener(schedule, pushes, this::quietBy);
        // The gates first: they must know of a target before a poll of it can end.
        registry.start(new Listeners(List.of(gates, watch, registrations)));
        registry.each(watched -> watch.resume(watched.target()));
        gates.start();
        file.start();
        hosts.start();
    }

    private void take(Target target, PollResult result) {
        metrics.polled(result);
        registry.record(target, result);
    }

    // What the operator has written into the file leads where he wants it to.
    private AddressGuard guard(Target target) {
        return target.source() == Source.FILE ? AddressGuard.NONE : rules;
    }

    private Optional<String> quietBy(TargetId id) {
        return registry.target(id)
                .flatMap(watched -> suppressions.suppressed(watched.target(), settings.clock.instant()))
                .map(Suppressed::toString);
    }

    /** Returns when targets were in maintenance, as the ledger of uptime asks for it. */
    MaintenancePlan maintenance() {
        return (id, range) -> registry.target(id).stream()
                .flatMap(watched -> suppressions.maintenance(watched.target(), range).stream())
                .toList();
    }
}
