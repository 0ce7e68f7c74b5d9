package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that come slowly, over more connections than the monitor has threads. */
class SlowBodyTest {
    private static final int MANY = 300;

    @TempDir
    Path data;

    private TestMonitor monitor;
    private final List<Wire> wires = new ArrayList<>();

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
    }

    @AfterEach
    void stop() {
        wires.forEach(Wire::close);
        monitor.close();
    }

    private Wire wire() {
        Wire wire = new Wire(monitor.monitor().uri());
        wires.add(wire);
        return wire;
    }

    private Wire begin(String method, String path, String headers) {
        return wire().send(method + " " + path + " HTTP/1.1\nHost: localhost\n" + headers + "\n{");
    }

    private void isAlive() {
        assertThat(monitor.api.get("/_ping").statusCode()).isEqualTo(200);
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:1\"}");
        assertThat(monitor.api.get("/api/v1/targets").statusCode()).isEqualTo(200);
    }

    @Test
    void fromNobodyHoldNoThread() {
        for (int i = 0; i < MANY; i++) {
            begin("POST", "/api/v1/login", "Content-Length: 1000\n");
        }
        isAlive();
    }

    @Test
    void inChunksHoldNoThread() {
        for (int i = 0; i < MANY; i++) {
            begin("POST", "/api/v1/login", "Transfer-Encoding: chunked\n").send("5\n{\"use");
        }
        isAlive();
    }

    @Test
    void fromWhoeverHasATokenHoldNoThread() {
        for (int i = 0; i < MANY; i++) {
            begin(
                    "PUT",
                    "/api/v1/instances/shop/i" + i,
                    "Authorization: Bearer " + monitor.registrarToken() + "\nContent-Length: 1000\n");
        }
        isAlive();
    }

    @Test
    void areAnsweredWith408AfterTenSeconds() {
        Wire slow = begin("POST", "/api/v1/login", "Content-Length: 1000\n");
        Wire other = begin("GET", "/api/v1/targets", "Content-Length: 2\n");
        Await.until("both are answered", () -> {
            monitor.time.advance(Duration.ofSeconds(1));
            return slow.isAnswered() && other.isAnswered();
        });
        assertThat(slow.untilClosed())
                .startsWith("HTTP/1.1 408 ")
                .contains("application/problem+json")
                .contains("did not come within 10 s");
        assertThat(other.untilClosed()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void thatComeInPiecesAreReadAsAWhole() {
        String body = "{\"user\":\"nobody\",\"password\":\"no such password\"}";
        Wire wire = wire();
        wire.send("POST /api/v1/login HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: " + body.length()
                + "\n\n");
        body.chars().forEach(c -> wire.send(Character.toString(c)));
        assertThat(wire.untilClosed()).startsWith("HTTP/1.1 401 ").contains("user and password do not match");
    }

    @Test
    void thatWaitForPermissionGetIt() {
        Wire wire = wire();
        wire.send("""
                POST /api/v1/login HTTP/1.1
                Host: localhost
                Connection: close
                Expect: 100-continue
                Content-Length: 2

                """);
        assertThat(wire.firstLine()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(wire.send("{}").untilClosed()).contains("HTTP/1.1 400 ").contains("password");
    }

    @Test
    void tooLongOnesAreRefusedBeforeTheyCome() {
        assertThat(begin("POST", "/api/v1/gates", "Content-Length: 4000000\n").untilClosed())
                .startsWith("HTTP/1.1 413 ")
                .contains("longer than 3072 KiB");
    }
}
