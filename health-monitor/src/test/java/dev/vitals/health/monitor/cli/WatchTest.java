package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.monitor.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watching follows the stream of a monitor; the interval of an hour proves that nothing else tells of changes. */
@Timeout(120)
class WatchTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Thread> watchers = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread watcher : watchers) {
            watcher.interrupt();
            watcher.join();
        }
    }

    private void watch(Map<String, String> environment, String... args) {
        ClientContext context = new ClientContext(environment, Clock.systemUTC(), time -> {});
        Thread watcher = new Thread(
                () -> Main.run(context, new PrintWriter(out, true), new PrintWriter(err, true), args), "watcher");
        watchers.add(watcher);
        watcher.start();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private void awaitLines(int number) {
        Await.until("there are " + number + " lines", () -> lines().size() >= number);
        assertThat(lines()).as(err.toString()).hasSize(number);
    }

    private void awaitLine(String part) {
        Pattern pattern = Pattern.compile(part);
        Await.until(
                "there is " + part,
                () -> lines().stream().anyMatch(line -> pattern.matcher(line).find()));
    }

    @Test
    void eachEventIsPrintedOnceAlsoAcrossABreak() throws IOException {
        try (ClientFixture vitals = new ClientFixture(data);
                CuttingProxy proxy = new CuttingProxy(vitals.monitor.uri())) {
            vitals.register("orders/m1", ClientFixture.PASS, "HEALTHY");
            Map<String, String> environment = new HashMap<>(vitals.environment);
            environment.put("VITALS_URL", proxy.uri().toString());
            watch(environment, "targets", "--watch", "-o", "jsonl", "--every", "1h");
            awaitLines(1);
            vitals.answers("/orders-m1", ClientFixture.WARN);
            awaitLines(2);
            assertThat(lines().get(1)).contains("\"from\":\"HEALTHY\",\"to\":\"DEGRADED\"");

            int before = proxy.accepted();
            proxy.cut();
            vitals.register("billing/m1", ClientFixture.PASS, "HEALTHY");
            awaitLine("billing/m1\".*\"to\":\"HEALTHY\"");
            assertThat(proxy.accepted()).isGreaterThan(before);
            vitals.call("registrar", "DELETE", "/api/v1/instances/orders/m1", "");
            awaitLine("orders/m1\".*\"to\":\"gone\"");
            assertThat(lines()).doesNotHaveDuplicates();
            assertThat(lines().stream().filter(line -> line.contains("orders/m1")))
                    .hasSize(3);
        }
    }

    @Test
    void aMonitorWithoutAStreamIsAskedAtTheInterval() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger streams = new AtomicInteger();
        HttpServer old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.createContext("/", exchange -> {
            boolean stream = exchange.getRequestURI().getPath().equals("/stream");
            (stream ? streams : looks).incrementAndGet();
            String state = looks.get() > 1 ? "UNHEALTHY" : "HEALTHY";
            byte[] body =
                    ("{\"targets\":[{\"app\":\"a\",\"instance\":\"i\",\"state\":\"" + state + "\"}]}").getBytes(UTF_8);
            exchange.sendResponseHeaders(stream ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        old.start();
        try {
            String url = "http://127.0.0.1:" + old.getAddress().getPort();
            watch(
                    Map.of("HOME", data.toString()),
                    "targets",
                    "--watch",
                    "-o",
                    "jsonl",
                    "--every",
                    "500ms",
                    "--url",
                    url);
            awaitLines(2);
            assertThat(lines().get(1)).contains("\"from\":\"HEALTHY\",\"to\":\"UNHEALTHY\"");
            assertThat(streams).as("a refused stream is not asked for again").hasValue(1);
        } finally {
            old.stop(0);
        }
    }
}
