package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.client.MonitorClient;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitors that announce themselves, and clients that find them, against a real Avahi on loopback. */
class DiscoveryTest {
    private static final String OTHER_TYPE = "_healthchecker._http._tcp";

    @TempDir
    Path directory;

    private Avahi avahi;

    @BeforeEach
    void start() {
        avahi = new Avahi(directory);
    }

    @AfterEach
    void stop() {
        if (avahi != null) {
            avahi.close();
        }
    }

    private TestMonitor monitor(String name, int priority) {
        return new TestMonitor(
                directory.resolve(name),
                new ManualScheduler(),
                settings -> settings.discovery("127.0.0.1").discoveryPriority(priority));
    }

    private static MonitorClient client(TestMonitor tokenOf) throws IOException {
        return MonitorClient.discover()
                .discover(InetAddress.getLoopbackAddress())
                .app("orders")
                .instance("i1")
                .url(URI.create("http://127.0.0.1:9"))
                .tokenFile(tokenOf.monitor().tokenFile())
                .start();
    }

    private static boolean knows(TestMonitor monitor) {
        return monitor.api.get("/api/v1/targets/orders/i1").statusCode() == 200;
    }

    @Test
    void avahiSeesAMonitorUntilItCloses() {
        String port;
        try (TestMonitor monitor = monitor("data", 7)) {
            port = Integer.toString(monitor.monitor().port());
            Await.until("avahi finds it", () -> avahi.browse("_vitals._tcp").contains(";127.0.0.1;" + port + ";"));
            String found = avahi.browse("_vitals._tcp");
            assertThat(found).contains("\"priority=7\"", "\"path=/\"", "\"version=" + Monitor.version() + "\"");
            // Avahi finds it, but takes it for no type by RFC 6763, and does not resolve it.
            Await.until(
                    "avahi finds the other type", () -> avahi.browse(OTHER_TYPE).contains(";" + OTHER_TYPE + ";"));
        }
        Await.until("avahi forgets it", () -> !avahi.browse("_vitals._tcp").contains(port));
    }

    @Test
    void aClientFindsTheMonitorThatIsPreferred() throws IOException {
        try (TestMonitor second = monitor("second", 20);
                MonitorClient client = client(second)) {
            Await.until("registered with the only one", () -> knows(second));
            // The monitor knows it a moment before the answer arrives.
            Await.until("the client knows, too", client::registered);
        }
    }

    @Test
    void aClientFollowsThePriorityAndSurvivesGoingAndReturn() throws IOException {
        try (FakeRegistry first = new FakeRegistry();
                FakeRegistry second = new FakeRegistry()) {
            Process publishing = avahi.publish("first", first.port(), 1);
            avahi.publish("second", second.port(), 5);
            try (MonitorClient client = MonitorClient.discover()
                    .discover(InetAddress.getLoopbackAddress())
                    .app("orders")
                    .instance("i1")
                    .url(URI.create("http://127.0.0.1:9"))
                    .start()) {
                Await.until("registered with the first", () -> first.has() && client.registered());
                publishing.destroy();
                Await.until("changed to the second", second::has);
                Await.until("left the first", () -> !first.has());
                avahi.publish("first", first.port(), 1);
                Await.until("came back to the first", first::has);
                Await.until("left the second", () -> !second.has());
            }
            Await.until("deregistered", () -> !first.has());
        }
    }

    /** Takes registrations as a monitor does. */
    private static final class FakeRegistry implements AutoCloseable {
        private final HttpServer server;
        private volatile boolean registered;

        FakeRegistry() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                registered = exchange.getRequestMethod().equals("PUT");
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(registered ? 201 : 204, -1);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        boolean has() {
            return registered;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
