package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.BootstrapToken;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Gatekeeper;
import dev.vitals.health.monitor.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Polls the applications that register, and says how they are: {@code Monitor.builder().port(8180).data(dir).start()}.
 * Thread-safe.
 */
public final class Monitor implements AutoCloseable {
    private final Resources resources;
    private final MonitorBuilder settings;
    final Access access;
    final Registry registry;
    final PollSchedule schedule;
    final Gates gates;
    final WebServer web;

    private Monitor(Resources resources, MonitorBuilder settings) throws IOException {
        this.resources = resources;
        this.settings = settings;
        MonitorComponents parts = new MonitorComponents(resources, settings);
        access = parts.access;
        registry = parts.registry;
        schedule = parts.schedule;
        gates = parts.gates;
        boolean anonymousRead = settings.anonymousRead == null ? settings.isLocal() : settings.anonymousRead;
        web = resources.add(
                new WebServer(MonitorRoutes.of(parts), new Gatekeeper(access, anonymousRead), parts.health));
        web.start(settings.host, settings.port);
        parts.rules.listener(new InetSocketAddress(settings.host, web.port()));
        // Before the server stops: it waits for those who follow a gate.
        resources.add(gates::release);
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
        return settings.data.resolve(BootstrapToken.REGISTRAR_FILE);
    }

    /** Returns the registrar's token if this start has made it: the one occasion to show it. */
    public Optional<String> createdToken() {
        return access.createdRegistrar();
    }

    /** Returns the file that this start has put the administrator's token into; empty if there was one before. */
    public Optional<Path> createdAdminFile() {
        return access.createdAdmin() ? Optional.of(settings.data.resolve(BootstrapToken.ADMIN_FILE)) : Optional.empty();
    }

    /** Stops listening and polling, and stores what is known. Harmless when called again. */
    @Override
    public void close() {
        resources.close();
    }
}
