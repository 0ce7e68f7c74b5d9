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
 * A running monitor: it polls the apps that register and answers how they are. Start one with
 * {@code Monitor.builder().port(8180).data(dir).start()}. Thread-safe.
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
        MonitorComponents components = new MonitorComponents(resources, settings);
        access = components.access;
        registry = components.registry;
        schedule = components.schedule;
        gates = components.gates;
        boolean anonymousRead = settings.anonymousRead == null ? settings.isLocal() : settings.anonymousRead;
        web = resources.add(
                new WebServer(MonitorRoutes.of(components), new Gatekeeper(access, anonymousRead), components.health));
        web.start(settings.host, settings.port);
        components.rules.listener(new InetSocketAddress(settings.host, web.port()));
        // Closed before the server, which waits for requests that follow a gate.
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

    /** Returns the file into which this start wrote the administrator's token; empty if there was one before. */
    public Optional<Path> createdAdminFile() {
        return access.createdAdmin() ? Optional.of(settings.data.resolve(BootstrapToken.ADMIN_FILE)) : Optional.empty();
    }

    /** Stops listening and polling, and stores the latest states. Harmless when called again. */
    @Override
    public void close() {
        resources.close();
    }
}
