package dev.vitals.samples.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The ports and the directory of the state; chosen by system properties. */
record Settings(Map<App, Integer> ports, Path directory) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException if a port is none, or two are the same; names property, value and bound
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
}
