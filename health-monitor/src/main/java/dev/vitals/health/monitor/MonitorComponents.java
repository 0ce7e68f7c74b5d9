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
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.HistoryStore;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TargetStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The components of a monitor, opened and started in the order of their dependencies. They are wired here, and nowhere else;
 * what they answer over HTTP is in {@link MonitorRoutes}.
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
    final AddressRules rules;
    final Health health;

    /** Opens all components and starts to poll. Adds each one to the resources as soon as it is open. */
    MonitorComponents(Resources resources, MonitorBuilder settings) throws IOException {
        this.settings = settings;
        Scheduler scheduler =
                settings.scheduler != null ? settings.scheduler : resources.add(TimingWheel.start("monitor-scheduler"));
        DataDirectory data = resources.add(DataDirectory.open(settings.data));
        Database database = resources.add(open(data));
        access = resources.add(Access.open(database, data.path(), settings.clock, scheduler::nanoTime));
        HistoryStore historyStore = new HistoryStore(database);
        history = History.open(historyStore, settings.clock, ObservedValues.OF_COMPONENTS);
        registry = resources.add(new Registry(
                new TargetStore(database, access.secrets()::open, SETTINGS),
                new HostCheckStore(database, access.secrets()::open, SETTINGS),
                access.secrets(),
                settings.clock,
                settings.forgetAfter,
                history));
        rules = new AddressRules(settings.isLocal(), settings.allowed, settings.denied);
        metrics = resources.add(new MonitorMetrics(registry));
        pushes = resources.add(new PushReports(scheduler, settings.clock, this::take));
        NetClient client = resources.add(NetClient.start(scheduler));
        poller = resources.add(Probes.poller(
                new PollContext(client, this::guard, scheduler, settings.clock, Version.current(), pushes)));
        schedule = resources.add(new PollSchedule(scheduler, poller, this::take));
        metrics.bind(schedule);
        suppressions = new Suppressions(new SuppressionStore(database));
        gates = resources.add(new Gates(
                registry, new GateStore(database), suppressions, schedule::pollSoon, scheduler, settings.clock));
        file = resources.add(new FileSource(settings.file, SETTINGS, scheduler, registry, settings.clock));
        hosts = new HostChecks(registry, SETTINGS, settings.maxChecksPerHost);
        startPolling();
        resources.add(scheduler.repeat(registry::sweep, Registry.SWEEP_INTERVAL)::cancel);
        RetentionPolicy retention = new RetentionPolicy(settings.keepResults, settings.keepHours);
        resources
                .add(new Retention(scheduler, settings.clock, historyStore, retention))
                .begin();
        health = resources.add(OwnHealth.start(settings, scheduler, database, registry, schedule, file));
        metrics.bind(health);
    }

    private static Database open(DataDirectory data) throws IOException {
        try {
            return Database.sqlite(data.database());
        } catch (RuntimeException e) {
            // Pool, migration and driver throw different exceptions; the operator needs one message.
            throw new IOException("database " + data.database() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void startPolling() throws IOException {
        PollingListener polling = new PollingListener(schedule, pushes, this::suppressedBy);
        // The gates first: they must know a target before a poll of it can end.
        registry.start(gates, polling);
        registry.each(watched -> polling.resume(watched.target()));
        gates.start();
        file.start();
        hosts.start();
    }

    private void take(Target target, PollResult result) {
        metrics.polled(result);
        registry.record(target, result);
    }

    // The operator decides where the targets of the file lead.
    private AddressGuard guard(Target target) {
        return target.source() == Source.FILE ? AddressGuard.NONE : rules;
    }

    private Optional<String> suppressedBy(TargetId id) {
        return registry.target(id)
                .flatMap(watched -> suppressions.suppressed(watched.target(), settings.clock.instant()))
                .map(Suppressed::toString);
    }

    /** Tells the calculation of uptime when targets were in maintenance. */
    MaintenancePlan maintenance() {
        return (id, range) -> registry.target(id).stream()
                .flatMap(watched -> suppressions.maintenance(watched.target(), range).stream())
                .toList();
    }
}
