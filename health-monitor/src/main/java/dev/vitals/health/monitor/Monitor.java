package dev.vitals.health.monitor;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.monitor.access.RegistrarToken;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.metrics.MonitorMetrics;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.Tracked;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.poll.Prober;
import dev.vitals.health.monitor.poll.PushReports;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.HostCheckStore;
import dev.vitals.health.monitor.store.Store;
import dev.vitals.health.monitor.web.Sources;
import dev.vitals.health.monitor.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
    private final RegistrarToken token;
    private final WebServer web;
    final Registry registry;
    final PollSchedule schedule;

    private Monitor(Resources resources, MonitorBuilder settings) throws IOException {
        this.resources = resources;
        this.settings = settings;
        Scheduler scheduler =
                settings.scheduler != null ? settings.scheduler : resources.add(Scheduler.daemon("monitor-scheduler"));
        DataDirectory data = resources.add(DataDirectory.open(settings.data));
        Store store = resources.add(open(data, settings));
        token = RegistrarToken.open(store, data.path());
        registry = resources.add(new Registry(store, settings.clock, settings.forgetAfter));
        MonitorMetrics metrics = resources.add(new MonitorMetrics(registry));
        BiConsumer<Target, PollResult> results = (target, result) -> {
            metrics.polled(result);
            registry.record(target, result);
        };
        PushReports pushes = resources.add(new PushReports(scheduler, settings.clock, results));
        Prober prober = resources.add(Prober.jdk(scheduler, settings.clock, version(), pushes));
        schedule = resources.add(new PollSchedule(scheduler, prober, results));
        metrics.bind(schedule);
        Watch watch = new Watch(schedule, pushes);
        registry.start(watch);
        registry.targets().stream().map(Tracked::target).forEach(watch::resume);
        FileSource file = resources.add(new FileSource(settings.file, scheduler, registry, settings.clock));
        file.start();
        HostChecks hosts = resources.add(new HostChecks(
                HostCheckStore.beside(store, settings.secretValues),
                registry,
                settings.clock,
                settings.maxChecksPerHost));
        hosts.start();
        resources.add(new Sweep(scheduler, registry)).begin();
        Health health = resources.add(OwnHealth.start(settings, scheduler, store, registry, schedule, file));
        metrics.bind(health);
        web = resources.add(new WebServer(registry, token, health, new Sources(file, hosts, pushes, prober)));
        web.start(settings.host, settings.port);
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

    private static Store open(DataDirectory data, MonitorBuilder settings) throws IOException {
        try {
            return Store.sqlite(data.database(), settings.secretValues);
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
        return settings.data.resolve(RegistrarToken.FILE);
    }

    /** Returns the registrar's token if this start has made it: the one occasion to show it. */
    public Optional<String> createdToken() {
        return token.created();
    }

    /** Stops listening and polling, and stores what is known. Harmless when called again. */
    @Override
    public void close() {
        resources.close();
    }
}
