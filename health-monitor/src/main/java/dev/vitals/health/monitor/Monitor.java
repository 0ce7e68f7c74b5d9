package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.FirstToken;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.gate.Time;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Interval;
import dev.vitals.health.monitor.history.Keep;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.history.Retention;
import dev.vitals.health.monitor.maintenance.Calendar;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.Tracked;
import dev.vitals.health.monitor.net.AddressRules;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.poll.Prober;
import dev.vitals.health.monitor.poll.TimingWheel;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.GateStore;
import dev.vitals.health.monitor.store.Store;
import dev.vitals.health.monitor.store.SuppressionStore;
import dev.vitals.health.monitor.web.AuditRoutes;
import dev.vitals.health.monitor.web.GateRoutes;
import dev.vitals.health.monitor.web.Gatekeeper;
import dev.vitals.health.monitor.web.GroupRoutes;
import dev.vitals.health.monitor.web.HistoryRoutes;
import dev.vitals.health.monitor.web.HoldBack;
import dev.vitals.health.monitor.web.InstanceRoutes;
import dev.vitals.health.monitor.web.LoginRoutes;
import dev.vitals.health.monitor.web.MetricsRoutes;
import dev.vitals.health.monitor.web.OpenApiRoutes;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.SecretRoutes;
import dev.vitals.health.monitor.web.SuppressionRoutes;
import dev.vitals.health.monitor.web.TargetRoutes;
import dev.vitals.health.monitor.web.TokenRoutes;
import dev.vitals.health.monitor.web.UserRoutes;
import dev.vitals.health.monitor.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Polls the applications that register, and says how they are: {@code Monitor.builder().port(8180).data(dir).start()}.
 *
 * <p>This is the one place where the parts are wired. Thread-safe.
 */
public final class Monitor implements AutoCloseable {
    private final Resources resources;
    private final MonitorBuilder settings;
    final Access access;
    final WebServer web;
    private final History history;
    final Registry registry;
    final PollSchedule schedule;
    final Gates gates;

    private Monitor(Resources resources, MonitorBuilder settings) throws IOException {
        this.resources = resources;
        this.settings = settings;
        Scheduler scheduler =
                settings.scheduler != null ? settings.scheduler : resources.add(TimingWheel.start("monitor-scheduler"));
        DataDirectory data = resources.add(DataDirectory.open(settings.data));
        Store store = resources.add(open(data));
        access = resources.add(Access.open(store, data.path(), settings.clock, scheduler::nanoTime));
        history = History.open(store.history(), settings.clock, ObservedValues.OF_COMPONENTS);
        registry = resources.add(new Registry(store, settings.clock, settings.forgetAfter, history));
        boolean local = settings.isLocal();
        AddressRules rules = new AddressRules(local, settings.allowed, settings.denied);
        NetClient client = resources.add(NetClient.start(scheduler));
        Prober prober = resources.add(Prober.netty(client, settings.clock, version(), target -> rules));
        MonitorMetrics metrics = resources.add(new MonitorMetrics(registry));
        schedule = resources.add(new PollSchedule(scheduler, prober, (target, result) -> {
            metrics.polled(result);
            registry.record(target, result);
            gates().observe(target, result);
        }));
        metrics.bind(schedule);
        Suppressions suppressions = new Suppressions(SuppressionStore.beside(store));
        Time time = new Time(scheduler, settings.clock);
        gates = resources.add(new Gates(registry, GateStore.beside(store), suppressions, schedule::pollNow, time));
        Watch watch = new Watch(schedule, id -> quietBy(suppressions, id));
        // The gates first: they must know of a target before a poll of it can end.
        registry.start(new Listeners(List.of(gates, watch)));
        registry.targets().stream().map(Tracked::target).forEach(schedule::resume);
        gates.start();
        resources.add(new Sweep(scheduler, registry)).begin();
        Keep keep = new Keep(settings.keepResults, settings.keepHours);
        resources
                .add(new Retention(scheduler, settings.clock, store.history(), keep))
                .begin();
        Health health = resources.add(OwnHealth.start(settings, scheduler, store, registry, schedule));
        metrics.bind(health);
        HoldBack holdBack = new HoldBack(gates, suppressions, settings.clock);
        web = resources.add(new WebServer(
                described(routes(rules, metrics, holdBack)), new Gatekeeper(access, anonymousRead(local)), health));
        web.start(settings.host, settings.port);
        rules.listener(new InetSocketAddress(settings.host, web.port()));
        // Before the server stops: it waits for those who follow a gate.
        resources.add(gates::release);
    }

    private MaintenancePlan maintenance(Calendar calendar) {
        return (id, window) -> registry.target(id).stream()
                .flatMap(tracked -> calendar.intervals(tracked.target(), window.from(), window.to()).stream())
                .map(span -> new Interval(span.from(), span.to()))
                .toList();
    }

    // For the polls, which begin only once it is there.
    private Gates gates() {
        return gates;
    }

    private Optional<String> quietBy(Suppressions suppressions, TargetId id) {
        return registry.target(id)
                .flatMap(tracked -> suppressions.of(tracked.target(), settings.clock.instant()))
                .map(Suppressed::toString);
    }

    private List<Routes> routes(AddressRules rules, MonitorMetrics metrics, HoldBack holdBack) {
        return List.of(
                new InstanceRoutes(registry, access.audit(), rules),
                new TargetRoutes(registry, holdBack),
                new GroupRoutes(registry),
                new MetricsRoutes(registry, metrics),
                new GateRoutes(holdBack, access.audit()),
                SuppressionRoutes.maintenance(holdBack, access.audit()),
                SuppressionRoutes.silences(holdBack, access.audit()),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), settings.clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit()),
                new HistoryRoutes(registry, history, maintenance(holdBack.suppressions()), settings.clock));
    }

    private static List<Routes> described(List<Routes> features) {
        List<Routes> all = new ArrayList<>(features);
        all.add(new OpenApiRoutes(features, version()));
        return all;
    }

    private boolean anonymousRead(boolean local) {
        return settings.anonymousRead == null ? local : settings.anonymousRead;
    }

    /** Returns a builder with all settings at their defaults. */
    public static MonitorBuilder builder() {
        return new MonitorBuilder();
    }

    static Monitor start(MonitorBuilder settings) throws IOException {
        Resources resources = new Resources();
        boolean started = false;
        try {
            Monitor monitor = new Monitor(resources, settings);
            started = true;
            return monitor;
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    private static Store open(DataDirectory data) throws IOException {
        try {
            return Store.sqlite(data.database());
        } catch (RuntimeException e) {
            // Pool, migration and driver throw what they like; to the operator it is one thing.
            throw new IOException("database " + data.database() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Returns the version of this monitor. */
    public static String version() {
        return Version.current();
    }

    /** Returns the port that is listened on. */
    public int port() {
        return web.port();
    }

    /** Returns where the monitor answers. */
    public URI uri() {
        String host = settings.host.contains(":") ? "[" + settings.host + "]" : settings.host;
        return URI.create("http://" + host + ":" + port());
    }

    /** Returns the file that holds the registrar's token, for clients on the same machine. */
    public Path tokenFile() {
        return settings.data.resolve(FirstToken.REGISTRAR_FILE);
    }

    /** Returns the registrar's token if this start has made it: the one occasion to show it. */
    public Optional<String> createdToken() {
        return access.createdRegistrar();
    }

    /** Returns the file that this start has put the administrator's token into; empty if there was one before. */
    public Optional<Path> createdAdminFile() {
        return access.createdAdmin() ? Optional.of(settings.data.resolve(FirstToken.ADMIN_FILE)) : Optional.empty();
    }

    /** Stops listening and polling, and stores what is known. Harmless when called again. */
    @Override
    public void close() {
        resources.close();
    }
}
