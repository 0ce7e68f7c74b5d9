package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.BootstrapToken;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.discovery.Announcement;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.web.Gatekeeper;
import dev.vitals.health.monitor.web.HostNames;
import dev.vitals.health.monitor.web.PageAnswers;
import dev.vitals.health.monitor.web.Sockets;
import dev.vitals.health.monitor.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running monitor: it polls the apps that register and answers how they are. Start one with
 * {@code Monitor.builder().port(8180).data(dir).start()}. Thread-safe.
 */
public final class Monitor implements AutoCloseable {
    private final Resources resources;
    private final MonitorBuilder settings;
    final Access access;
    final Registry registry;
    final Rules rulesInForce;
    final PollSchedule schedule;
    final Gates gates;
    final FileSource file;
    final Channels channels;
    final RuleBook ruleBook;
    final WebServer web;

    private Monitor(Resources resources, MonitorBuilder settings) throws IOException {
        this.resources = resources;
        this.settings = settings;
        MonitorComponents components = new MonitorComponents(resources, settings);
        access = components.access;
        registry = components.registry;
        rulesInForce = components.rulesInForce;
        schedule = components.schedule;
        gates = components.gates;
        file = components.file;
        channels = components.channels;
        ruleBook = components.ruleBook;
        boolean anonymousRead = settings.anonymousRead == null ? settings.isLocal() : settings.anonymousRead;
        PageRoutes pages = new PageRoutes(components);
        web = resources.add(new WebServer(
                MonitorRoutes.of(components, pages),
                new Gatekeeper(access, anonymousRead),
                components.health,
                settings.isLocal() ? HostNames.loopback(settings.hostNames) : HostNames.any(),
                new PageAnswers(pages.pages::reply),
                Sockets.of(components.topics, components.samples, components.scheduler),
                components.scheduler));
        web.start(settings.host, settings.port);
        InetSocketAddress listener = new InetSocketAddress(settings.host, web.port());
        components.rules.listener(listener);
        components.channelRules.listener(listener);
        if (!settings.discovery.isEmpty()) {
            resources.add(Announcement.start(
                    List.copyOf(settings.discovery),
                    new Announcement.Service(
                            "vitals-" + components.incidents.identity(),
                            port(),
                            version(),
                            settings.discoveryPriority)));
        }
        // Closed before the server, which waits for requests that follow a gate.
        resources.add(gates::release);
    }

    /** Returns a builder with all settings at their defaults. */
    public static MonitorBuilder builder() {
        return new MonitorBuilder();
    }

    static Monitor start(MonitorBuilder settings) throws IOException {
        ListenAddress.check(settings.host, settings.port);
        ListenAddress.checkAnnounced(settings.host, settings.discovery);
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

    /** Returns the version of this monitor. */
    public static String version() {
        return Version.current();
    }

    /** Returns the port that the monitor listens on. */
    public int port() {
        return web.port();
    }

    /** Returns the address of the monitor. */
    public URI uri() {
        String host = settings.host.contains(":") ? "[" + settings.host + "]" : settings.host;
        return URI.create("http://" + host + ":" + port());
    }

    /** Returns the file with the registrar's token, for clients on the same machine. */
    public Path tokenFile() {
        return settings.data.resolve(BootstrapToken.REGISTRAR_FILE);
    }

    /** Returns the registrar's token if this start created it. It cannot be shown again later. */
    public Optional<String> createdToken() {
        return access.createdRegistrar();
    }

    /** Returns those files with the first tokens of this data directory that are still there. */
    public List<Path> tokenFiles() {
        return Stream.of(BootstrapToken.REGISTRAR_FILE, BootstrapToken.ADMIN_FILE)
                .map(settings.data::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Reads the file of services now, as SIGHUP does, and takes it as whole; the result is in the log. Returns at once; does
     * nothing if the monitor has no file.
     */
    public void reload() {
        file.reloadAndLog(plan -> access.audit()
                .entry(Actor.MONITOR, "file.reload", "file:" + file.status().file(), plan.counts()));
    }

    /** Stops listening and polling, and stores the latest states. Harmless when called again. */
    @Override
    public void close() {
        resources.close();
    }
}
