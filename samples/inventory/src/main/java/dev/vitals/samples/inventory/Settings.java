package dev.vitals.samples.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

/** What can be chosen, by system properties. */
record Settings(int port, URI monitor, Path tokenFile) {
    static Settings of(Properties given) {
        return new Settings(
                Integer.parseInt(given.getProperty("inventory.port", "8081")),
                URI.create(given.getProperty("monitor.uri", "http://127.0.0.1:8180")),
                Path.of(given.getProperty("monitor.token-file", "data/registrar.token")));
    }
}
