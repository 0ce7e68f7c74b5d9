package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.channel.ChannelType;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.channel.HttpChannels;
import dev.vitals.health.monitor.channel.MailType;
import dev.vitals.health.monitor.deployment.Deployments;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.history.Retention;
import dev.vitals.health.monitor.history.RetentionPolicy;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.message.ChannelHealth;
import dev.vitals.health.monitor.message.MessageLinks;
import dev.vitals.health.monitor.message.Outbox;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.observer.Canaries;
import dev.vitals.health.monitor.observer.Observer;
import dev.vitals.health.monitor.observer.SignsOfLife;
import dev.vitals.health.monitor.page.Board;
import dev.vitals.health.monitor.page.LastAnswers;
import dev.vitals.health.monitor.poll.PauseWatch;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.poll.TimingWheel;
import dev.vitals.health.monitor.probe.NativeText;
import dev.vitals.health.monitor.probe.PollContext;
import dev.vitals.health.monitor.probe.Poller;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.probe.PushReports;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.DeploymentStore;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.HistoryStore;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.store.ReferenceStore;
import dev.vitals.health.monitor.store.RuleStore;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.store.TargetStore;
import dev.vitals.health.monitor.stream.Events;
import dev.vitals.health.monitor.stream.Samples;
import dev.vitals.health.monitor.stream.Topics;
import dev.vitals.health.monitor.text.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The components of a monitor, opened and started in the order of their dependencies. They are wired here, and nowhere else;
 * what they answer over HTTP is in {@link MonitorRoutes}.
 */
final class MonitorComponents {
    private static final Logger log = LoggerFactory.getLogger(MonitorComponents.class);

    // Enough to find the latest one away from HEALTHY.
    private static final int CHANGES_LOOKED_AT = 20;

    /** Reads the settings of targets of all kinds. */
    static final SettingsReader SETTINGS = new SettingsReader(Probes.KINDS);

    /** The types of channels. */
    static final List<ChannelType> CHANNEL_TYPES = Stream.concat(HttpChannels.TYPES.stream(), Stream.of(new MailType()))
            .toList();

    final MonitorBuilder settings;
    final Scheduler scheduler;
    final AgeClock ages;
    final Access access;
    final History history;
    final Registry registry;
    final MonitorMetrics metrics;
    final PushReports pushes;
    final Poller poller;
    final PollSchedule schedule;
    final Suppressions suppressions;
    final Gates gates;
    final Topics topics;
    final Samples samples;
    final DeploymentStore deploymentStore;
    final Deployments deployments;
    final FileSource file;
    final HostChecks hosts;
    final AddressRules rules;
    final Rules rulesInForce;
    final Channels channels;
    final RuleBook ruleBook;
    final Incidents incidents;
    final IncidentStore incidentStore;
    final MessageStore messages;
    final ChannelHealth channelHealth;
    final Outbox outbox;
    final Observer observer;
    final AddressRules channelRules;
    final Health health;
    final Board board;
    final LastAnswers lastAnswers;

    /** Opens all components and starts to poll. Adds each one to the resources as soon as it is open. */
    MonitorComponents(Resources resources, MonitorBuilder settings) throws IOException {
        this.settings = settings;
        scheduler =
                settings.scheduler != null ? settings.scheduler : resources.add(TimingWheel.start("monitor-scheduler"));
        DataDirectory data = resources.add(DataDirectory.open(settings.data));
        Database database = resources.add(data.open(settings.newDatabase));
        access =
                resources.add(Access.open(database, data.path(), settings.clock, scheduler::nanoTime, settings.newKey));
        HistoryStore historyStore = new HistoryStore(database);
        history = History.open(historyStore, settings.clock, ObservedValues.OF_COMPONENTS);
        ages = ages(settings);
        registry = resources.add(new Registry(
                new TargetStore(database, access.secrets()::open, SETTINGS),
                new HostCheckStore(database, access.secrets()::open, SETTINGS),
                access.secrets(),
                settings.clock,
                ages::nanoTime,
                settings.forgetAfter,
                history));
        rules = new AddressRules(settings.isLocal(), settings.allowed, settings.denied);
        channelRules = new AddressRules(settings.isLocal(), settings.allowedChannels, settings.denied);
        metrics = resources.add(new MonitorMetrics(registry));
        // A time that is moved by hand has no pauses.
        PauseWatch pauses =
                settings.scheduler != null ? PauseWatch.none() : resources.add(PauseWatch.start(scheduler::nanoTime));
        pushes = resources.add(new PushReports(
                scheduler, settings.clock, since -> pauses.since(since).total(), this::take));
        NetClient client = resources.add(NetClient.start(scheduler));
        pauses.watch("network thread of the monitor did not run", client::execute);
        poller = resources.add(Probes.poller(
                new PollContext(client, this::guard, scheduler, settings.clock, Version.current(), pushes)));
        lastAnswers = new LastAnswers(id -> registry.target(id).isPresent());
        schedule = resources.add(
                new PollSchedule(scheduler, settings.clock, lastAnswers.watching(poller), pauses, this::take));
        metrics.bind(schedule);
        suppressions = new Suppressions(new SuppressionStore(database));
        rulesInForce = new Rules();
        incidentStore = new IncidentStore(database);
        messages = new MessageStore(database);
        channels = new Channels(
                settings.channelTypes,
                new ChannelType.Context(
                        client,
                        channelRules,
                        settings.clock,
                        references(new ReferenceStore(database)),
                        incidentStore.identity(),
                        Version.current()));
        settings.mailChannel().ifPresent(channels::addBuiltIn);
        ruleBook = resources.add(new RuleBook(
                new RuleStore(database, access.secrets()::open), access.secrets(), rulesInForce, channels));
        incidents =
                new Incidents(incidentStore, rulesInForce, suppressions, id -> registry.changes(id, CHANGES_LOOKED_AT));
        channelHealth = new ChannelHealth(messages, settings.clock);
        observer = resources.add(new Observer(
                registry, incidents, new Canaries(settings.canaries, client), pauses, scheduler, settings.clock));
        outbox = resources.add(new Outbox(
                messages,
                channels,
                new Texts(settings.zone, new MessageLinks(settings.publicUrl, access.links())),
                channelHealth,
                scheduler,
                settings.clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                settings.test));
        metrics.bind(incidents, channelHealth);
        incidents.onReleased(outbox::wake);
        topics = resources.add(new Topics());
        samples = new Samples(topics, registry);
        gates = resources.add(new Gates(
                registry, new GateStore(database), suppressions, schedule::pollSoon, scheduler, settings.clock));
        deploymentStore = new DeploymentStore(database);
        deployments = resources.add(new Deployments(deploymentStore, settings.clock));
        file = resources.add(new FileSource(settings.file, SETTINGS, scheduler, registry, ruleBook, settings.clock));
        hosts = new HostChecks(registry, SETTINGS, settings.maxChecksPerHost);
        board = new Board(registry, history, maintenance(), suppressions, settings.clock);
        startPolling(new Events(topics));
        resources.add(scheduler.repeat(registry::sweep, Registry.SWEEP_INTERVAL)::cancel);
        resources.add(incidents.start(registry, scheduler)::cancel);
        resources.add(deployments.start(scheduler)::cancel);
        board.start(scheduler).forEach(repeated -> resources.add(repeated::cancel));
        outbox.start(incidents::channels);
        observer.start();
        RetentionPolicy retention = new RetentionPolicy(settings.keepResults, settings.keepHours);
        resources
                .add(new Retention(scheduler, settings.clock, historyStore, retention))
                .begin();
        health = resources.add(new OwnHealth(
                        database, registry, schedule, pauses, scheduler, settings.clock, file, channelHealth, observer)
                .start(settings));
        metrics.bind(health);
        tellSignsOfLife(resources.add(new SignsOfLife(scheduler, settings.clock, health)), client);
        database.fold();
    }

    private void tellSignsOfLife(SignsOfLife signs, NetClient client) {
        if (settings.deadMan != null) {
            signs.ping(settings.deadMan, settings.deadManInterval, client);
        }
        if (settings.proofOfLife != null) {
            signs.daily(
                    SignsOfLife.Daily.parse(settings.proofOfLife, settings.zone), registry, incidents, rulesInForce);
        }
    }

    private static ChannelType.References references(ReferenceStore store) {
        return new ChannelType.References() {
            @Override
            public Optional<String> find(String channel, String incident) {
                return store.find(channel, incident);
            }

            @Override
            public void put(String channel, String incident, String reference) {
                store.put(channel, incident, reference);
            }
        };
    }

    private AgeClock ages(MonitorBuilder settings) {
        // A time that is moved by hand counts all there is.
        AgeClock clock = settings.scheduler == null
                ? AgeClock.of(scheduler::nanoTime, settings.clock)
                : new AgeClock(scheduler::nanoTime, settings.clock, scheduler::nanoTime);
        clock.whenAhead(slept -> {
            if (!slept.isZero()) {
                log.warn(
                        "the machine slept for {}, so what was seen before is older by that much",
                        DurationText.inWords(slept));
            }
        });
        return clock;
    }

    private void startPolling(Events events) throws IOException {
        PollingListener polling = new PollingListener(schedule, pushes, this::suppressedBy);
        Surroundings surroundings = new Surroundings(ProcessHandle.current().pid(), NativeText.encoding());
        // The gates are the first listener: they must know a target before a poll of it can end.
        incidents.onEvents(events::incidents);
        gates.onShown(events::gate);
        deployments.onEvent(events::deployment);
        registry.start(incidents.planner(), gates, polling, surroundings, events, samples, board, lastAnswers);
        registry.each(watched -> {
            polling.resume(watched);
            surroundings.watched(watched.target());
        });
        gates.start();
        file.start();
        hosts.start();
    }

    private void take(Target target, PollResult result, Moment seen) {
        metrics.polled(result);
        observer.take(target, result, new Moment(seen.wall(), ages.of(seen.nanos())));
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
