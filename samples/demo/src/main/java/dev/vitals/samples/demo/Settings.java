package dev.vitals.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The ports and the data directory, set by system properties. */
record Settings(Map<App, Integer> ports, Path directory) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads and checks the properties.
     *
     * @throws IllegalArgumentException if a port is out of range, or two are the same; the message names property, value and limit
     */
    static Settings of(Properties given) {
        Map<App, Integer> ports = new EnumMap<>(App.class);
        for (App app : App.values()) {
            int port = port(app.portProperty(), given.getProperty(app.portProperty(), "" + app.defaultPort()));
            ports.forEach((other, taken) -> {
                if (taken == port) {
                    throw new IllegalArgumentException("-D" + other.portProperty() + " and -D" + app.portProperty()
                            + " must differ, both are " + port);
                }
            });
            ports.put(app, port);
        }
        return new Settings(
                Map.copyOf(ports),
                Path.of(given.getProperty("demo.dir", "target/demo")).toAbsolutePath());
    }

    private static int port(String property, String value) {
        // Five digits always fit into an int.
        int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "-D" + property + " must be a number from 1 to " + MAX_PORT + ", was '" + value + "'");
        }
        return port;
    }

    int port(App app) {
        return Objects.requireNonNull(ports.get(app));
    }

    URI uri(App app) {
        return URI.create("http://127.0.0.1:" + port(app));
    }

    Path monitorData() {
        return directory.resolve("monitor");
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path log(App app) {
        return logs().resolve(app.word() + ".log");
    }

    /**
     * Checks that every port is free: binds each on loopback for a moment.
     *
     * @throws IllegalArgumentException if one is in use; the message names the port and the property to choose another
     */
    void requireFreePorts() {
        for (App app : App.values()) {
            int port = port(app);
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true); // connections that linger from the last run do no harm
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "port " + port + " for " + app.word() + " is in use; choose another with -D"
                                + app.portProperty() + "=NUMBER",
                        e);
            }
        }
    }
}
