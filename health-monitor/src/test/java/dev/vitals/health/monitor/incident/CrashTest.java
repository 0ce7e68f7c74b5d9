package dev.vitals.health.monitor.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes that die at each point on the way of a message, one after the other on one database, and a receiver that stays. With
 * {@code -Dcrash.rounds=200} it takes some minutes.
 */
class CrashTest {
    private static final Logger log = LoggerFactory.getLogger(CrashTest.class);
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 14);
    private static final int MAX_PASSINGS = 5;

    @TempDir
    Path directory;

    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(16);
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String key = exchange.getRequestHeaders().getFirst("webhook-id");
            times.merge(key, 1, Integer::sum);
            String first = taken.putIfAbsent(key, body);
            if (first != null && !first.equals(body)) {
                changed.add(key);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private int run(String point, int passings, int seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        CrashingMonitor.class.getName(),
                        directory.toString(),
                        "http://127.0.0.1:" + receiver.getAddress().getPort(),
                        point,
                        String.valueOf(passings),
                        String.valueOf(seed))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(point).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void everyMessageArrivesAndNoneIsInvented() throws Exception {
        int killed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String point = CrashingMonitor.POINTS.get(round % CrashingMonitor.POINTS.size());
            int code = run(point, 1 + random.nextInt(MAX_PASSINGS), round);
            assertThat(code)
                    .as("%s, its log: %s", point, Files.readString(directory.resolve("log")))
                    .isIn(0, CrashingMonitor.KILLED);
            killed += code == CrashingMonitor.KILLED ? 1 : 0;
        }
        assertThat(run("never", 1, ROUNDS)).isZero();
        assertThat(killed).isGreaterThan(ROUNDS / 3);
        try (TestDatabase database = new TestDatabase(directory)) {
            check(database.messages(), new IncidentStore(database.database()), database.unhealthyChanges());
        }
        long twice = times.values().stream().filter(count -> count > 1).count();
        log.info("{} rounds, {} killed, {} messages taken, {} of them twice", ROUNDS, killed, taken.size(), twice);
    }

    private void check(List<Message> messages, IncidentStore store, int unhealthy) {
        Map<String, Message> byKey = messages.stream().collect(Collectors.toMap(Message::key, one -> one));
        assertThat(messages)
                .extracting(one -> one.progress().state())
                .isSubsetOf(Message.State.ACCEPTED, Message.State.CANCELLED, Message.State.DIGESTED);
        Set<String> accepted = messages.stream()
                .filter(one -> one.progress().state() == Message.State.ACCEPTED)
                .map(Message::key)
                .collect(Collectors.toSet());
        assertThat(taken.keySet()).isEqualTo(accepted);
        assertThat(changed).isEmpty();
        List<Incident> incidents = store.list(IncidentStore.Filter.ALL, 100_000);
        assertThat(incidents).hasSize(unhealthy).noneMatch(Incident::isOpen);
        for (Incident incident : incidents) {
            assertThat(isTold(byKey, incident, Message.Kind.TROUBLE))
                    .as(incident.toString())
                    .isEqualTo(isTold(byKey, incident, Message.Kind.RECOVERED));
        }
    }

    private static boolean isTold(Map<String, Message> byKey, Incident incident, Message.Kind kind) {
        return byKey.values().stream()
                .filter(one -> incident.id().equals(one.incident()) && one.kind() == kind)
                .map(one -> one.progress().digest() == null
                        ? one
                        : byKey.get(one.progress().digest()))
                .anyMatch(one -> one.progress().state() == Message.State.ACCEPTED);
    }
}
