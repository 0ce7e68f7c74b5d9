package dev.vitals.samples.orders;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

/** What can be chosen, by system properties. */
record Settings(int port, URI inventory, URI monitor, Path tokenFile, Path data) {
    static Settings of(Properties given) {
        return new Settings(
                Integer.parseInt(given.getProperty("orders.port", "8080")),
                URI.create(given.getProperty("inventory.uri", "http://127.0.0.1:8081")),
                URI.create(given.getProperty("monitor.uri", "http://127.0.0.1:8180")),
                Path.of(given.getProperty("monitor.token-file", "data/registrar.token")),
                Path.of(given.getProperty("orders.data", "target/orders")));
    }
}
