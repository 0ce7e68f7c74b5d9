package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.FirstToken;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.Keep;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.ObservedValues;
import dev.vitals.health.monitor.history.Retention;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.Tracked;
import dev.vitals.health.monitor.net.AddressGuard;
import dev.vitals.health.monitor.net.AddressRules;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.poll.Prober;
import dev.vitals.health.monitor.poll.PushReports;
import dev.vitals.health.monitor.poll.TimingWheel;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.SecretValues;
import dev.vitals.health.monitor.store.Store;
import dev.vitals.health.monitor.web.AuditRoutes;
import dev.vitals.health.monitor.web.Doctor;
import dev.vitals.health.monitor.web.FileRoutes;
import dev.vitals.health.monitor.web.Gatekeeper;
import dev.vitals.health.monitor.web.GroupRoutes;
import dev.vitals.health.monitor.web.HistoryRoutes;
import dev.vitals.health.monitor.web.HostRoutes;
import dev.vitals.health.monitor.web.InstanceRoutes;
import dev.vitals.health.monitor.web.LoginRoutes;
import dev.vitals.health.monitor.web.MetricsRoutes;
import dev.vitals.health.monitor.web.OpenApiRoutes;
import dev.vitals.health.monitor.web.PushRoutes;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.SecretRoutes;
import dev.vitals.health.monitor.web.Sources;
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
import java.util.function.BiConsumer;

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

    private Monitor(Resources resources, MonitorBuilder settings) throws IOException {
        this.resources = resources;
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
        boolean local = settings.isLocal();
        AddressRules rules = new AddressRules(local, settings.allowed, settings.denied);
        MonitorMetrics metrics = resources.add(new MonitorMetrics(registry));
        BiConsumer<Target, PollResult> results = (target, result) -> {
            metrics.polled(result);
            registry.record(target, result);
        };
        PushReports pushes = resources.add(new PushReports(scheduler, settings.clock, results));
        NetClient client = resources.add(NetClient.start(scheduler));
        Prober prober = resources.add(
                Prober.of(client, target -> guard(target, rules), scheduler, settings.clock, version(), pushes));
        schedule = resources.add(new PollSchedule(scheduler, prober, results));
        metrics.bind(schedule);
        Watch watch = new Watch(schedule, pushes);
        registry.start(watch);
        registry.targets().stream().map(Tracked::target).forEach(watch::resume);
        FileSource file = resources.add(new FileSource(settings.file, scheduler, registry, secrets, settings.clock));
        file.start();
        HostChecks hosts = resources.add(new HostChecks(
                HostCheckStore.beside(store, secrets), registry, secrets, settings.clock, settings.maxChecksPerHost));
        hosts.start();
        resources.add(new Sweep(scheduler, registry)).begin();
        Keep keep = new Keep(settings.keepResults, settings.keepHours);
        resources
                .add(new Retention(scheduler, settings.clock, store.history(), keep))
                .begin();
        Health health = resources.add(OwnHealth.start(settings, scheduler, store, registry, schedule, file));
        metrics.bind(health);
        web = resources.add(new WebServer(
                described(routes(rules, metrics, new Sources(file, hosts, pushes, new Doctor(prober, settings.clock)))),
                new Gatekeeper(access, anonymousRead(local)),
                health));
        web.start(settings.host, settings.port);
        rules.listener(new InetSocketAddress(settings.host, web.port()));
    }

    private List<Routes> routes(AddressRules rules, MonitorMetrics metrics, Sources sources) {
        return List.of(
                new InstanceRoutes(registry, access.audit(), rules, sources.doctor()),
                new TargetRoutes(registry),
                new GroupRoutes(registry),
                new HostRoutes(sources, registry, access.audit()),
                new FileRoutes(sources.file(), access.audit()),
                new PushRoutes(registry, sources.pushes()),
                new MetricsRoutes(registry, metrics),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), settings.clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit()),
                new HistoryRoutes(registry, history, MaintenancePlan.NONE, settings.clock));
    }

    private static List<Routes> described(List<Routes> features) {
        List<Routes> all = new ArrayList<>(features);
        all.add(new OpenApiRoutes(features, version()));
        return all;
    }

    // What the operator has written into the file leads where he wants it to.
    private static AddressGuard guard(Target target, AddressRules rules) {
        return target.source() == Source.FILE ? AddressGuard.NONE : rules;
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

    private static Store open(DataDirectory data, SecretValues secrets) throws IOException {
        try {
            return Store.sqlite(data.database(), secrets);
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
