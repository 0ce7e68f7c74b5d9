package dev.vitals.samples.inventory;

import static java.time.Duration.ofSeconds;

import dev.vitals.health.Health;
import dev.vitals.health.client.MonitorClient;
import dev.vitals.health.client.MonitorClientBuilder;
import dev.vitals.health.servlet.HealthServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inventory service: wires the servlets, the check and the registration with the monitor. */
public final class InventoryApp {
    private static final String HOST = "127.0.0.1";

    private final Settings settings;

    private InventoryApp(Settings settings) {
        this.settings = settings;
    }

    /** Runs the service until the process is stopped. */
    public static void main(String[] args) throws Exception {
        // Before any class logs.
        System.getProperties().putIfAbsent("logback.configurationFile", "logback-inventory.xml");
        try {
            new InventoryApp(Settings.of(System.getProperties())).start();
        } catch (IOException e) {
            System.err.println("inventory: " + e.getMessage());
            System.exit(1);
        }
    }

    private void start() throws Exception {
        Stock stock = new Stock();
        Health health = Health.builder()
                .service("inventory", "2.0.1")
                .description("knows what is in stock")
                .check(
                        "shelf",
                        stock,
                        c -> c.interval(ofSeconds(1)).timeout(ofSeconds(1)).groups("ready"))
                .start();
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(HOST);
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setHandler(servlets(stock, health));
        server.start();
        MonitorClient client = register();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(client, server, health), "inventory-shutdown"));
    }

    private static ServletContextHandler servlets(Stock stock, Health health) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new StockServlet(stock)), "/stock/*");
        context.addServlet(new ServletHolder(new AdminServlet(stock)), "/admin/*");
        context.addServletContainerInitializer(
                (classes, servlets) -> HealthServlet.of(health).addTo(servlets));
        return context;
    }

    private MonitorClient register() throws IOException {
        MonitorClientBuilder builder = MonitorClient.builder(settings.monitor())
                .app("inventory")
                .url(URI.create("http://" + HOST + ":" + settings.port()))
                .interval(ofSeconds(5))
                .timeout(ofSeconds(2))
                .unhealthyThreshold(2)
                .healthyThreshold(2)
                .notify("inventory-team@example.org")
                .label("machine", hostName());
        if (Files.exists(settings.tokenFile())) {
            builder.token(Files.readString(settings.tokenFile()).strip());
        }
        return builder.start();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknownName) {
            return "localhost";
        }
    }

    private static void close(MonitorClient client, Server server, Health health) {
        client.close(); // first, so that the monitor does not report a failure
        try {
            server.stop();
        } catch (Exception e) { // Jetty's stop() declares any exception
            Logger log = LoggerFactory.getLogger(InventoryApp.class);
            log.warn("Jetty did not stop in order", e);
        }
        health.close();
    }

    /** The settings, from system properties. */
    private record Settings(int port, URI monitor, Path tokenFile) {
        static Settings of(Properties given) {
            return new Settings(
                    Integer.parseInt(given.getProperty("inventory.port", "8081")),
                    URI.create(given.getProperty("monitor.uri", "http://127.0.0.1:8180")),
                    Path.of(given.getProperty("monitor.token-file", "data/registrar.token")));
        }
    }
}
