package dev.vitals.samples.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The applications of the demo, in the order of their start. */
enum App {
    MONITOR("dev.vitals.health.monitor.cli.Main", 8180),
    INVENTORY("dev.vitals.samples.inventory.InventoryApp", 8081),
    ORDERS("dev.vitals.samples.orders.OrdersApp", 8080);

    private final String mainClass;
    private final int defaultPort;

    App(String mainClass, int defaultPort) {
        this.mainClass = mainClass;
        this.defaultPort = defaultPort;
    }

    static Optional<App> named(String word) {
        return Arrays.stream(values()).filter(app -> app.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String portProperty() {
        return word() + ".port";
    }

    String mainClass() {
        return mainClass;
    }

    int defaultPort() {
        return defaultPort;
    }
}
