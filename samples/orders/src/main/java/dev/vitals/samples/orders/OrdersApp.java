package dev.vitals.samples.orders;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Health;
import dev.vitals.health.client.MonitorClient;
import dev.vitals.health.client.MonitorClientBuilder;
import dev.vitals.health.indicator.DataSourceIndicator;
import dev.vitals.health.indicator.DiskSpaceIndicator;
import dev.vitals.health.indicator.HttpIndicator;
import dev.vitals.health.javalin.HealthPlugin;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/** The order service: wires the service, its checks and its registration with the monitor. */
public final class OrdersApp {
    private static final String HOST = "127.0.0.1";
    private static final long MIN_FREE_BYTES = 100L << 20;

    private final Settings settings;

    private OrdersApp(Settings settings) {
        this.settings = settings;
    }

    /** Runs the service until the process is stopped. */
    public static void main(String[] args) throws IOException, SQLException {
        // Before any class logs.
        System.getProperties().putIfAbsent("logback.configurationFile", "logback-orders.xml");
        try {
            new OrdersApp(Settings.of(System.getProperties())).start();
        } catch (JavalinBindException e) {
            System.err.println("orders: " + e.getMessage());
            System.exit(1);
        }
    }

    private void start() throws IOException, SQLException {
        HikariDataSource pool = pool();
        OrderStore store = new OrderStore(pool);
        Health health = health(pool, store);
        Javalin javalin = javalin(health, new OrderRoutes(store, new InventoryClient(settings.inventory())));
        javalin.start(HOST, settings.port());
        MonitorClient client = register();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            client.close(); // first, so that the monitor does not report a failure
                            javalin.stop();
                            health.close();
                            pool.close();
                        },
                        "orders-shutdown"));
    }

    private HikariDataSource pool() throws IOException {
        Files.createDirectories(settings.data());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:file:" + settings.data().toAbsolutePath().resolve("orders") + ";DB_CLOSE_ON_EXIT=FALSE");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(ofSeconds(1).toMillis());
        return new HikariDataSource(config);
    }

    private Health health(HikariDataSource pool, OrderStore store) {
        HttpIndicator inventory =
                HttpIndicator.of(settings.inventory().resolve("/_ping")).timeout(ofSeconds(1));
        return Health.builder()
                .service("orders", "1.4.2")
                .description("takes orders and reserves stock")
                .check("database", DataSourceIndicator.of(pool), c -> c.groups("ready"))
                .check(
                        "inventory",
                        inventory,
                        c -> c.interval(ofSeconds(2))
                                .timeout(ofSeconds(1))
                                .failureThreshold(3)
                                .critical(false)
                                .groups("ready")
                                .affectedEndpoints(URI.create("/orders")))
                .check("disk", DiskSpaceIndicator.of(settings.data(), MIN_FREE_BYTES), c -> c.interval(ofMinutes(1)))
                .handler("backlog", new BacklogCheck(store), c -> c.interval(ofSeconds(2)))
                .start();
    }

    private static Javalin javalin(Health health, OrderRoutes routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.registerPlugin(HealthPlugin.of(health));
            config.routes.get("/orders", routes::list);
            config.routes.post("/orders", routes::place);
            config.routes.post("/orders/ship", routes::shipAll);
        });
    }

    private MonitorClient register() throws IOException {
        MonitorClientBuilder builder = MonitorClient.builder(settings.monitor())
                .app("orders")
                .url(URI.create("http://" + HOST + ":" + settings.port()))
                .interval(ofSeconds(5))
                .timeout(ofSeconds(2))
                .unhealthyThreshold(2)
                .healthyThreshold(2)
                .notify("orders-team@example.org")
                .dependsOn("inventory")
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

    /** The settings, from system properties. */
    private record Settings(int port, URI inventory, URI monitor, Path tokenFile, Path data) {
        static Settings of(Properties given) {
            return new Settings(
                    Integer.parseInt(given.getProperty("orders.port", "8080")),
                    URI.create(given.getProperty("inventory.uri", "http://127.0.0.1:8081")),
                    URI.create(given.getProperty("monitor.uri", "http://127.0.0.1:8180")),
                    Path.of(given.getProperty("monitor.token-file", "data/registrar.token")),
                    Path.of(given.getProperty("orders.data", "target/orders")));
        }
    }
}
