package dev.vitals.health.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.NetClient;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndicatorPollerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private final NetClient client = NetClient.start(time);
    private final IndicatorPoller poller = new IndicatorPoller("exec", 1, context(AddressGuard.NONE));

    private PollContext context(AddressGuard guard) {
        return new PollContext(
                client,
                target -> guard,
                time,
                time,
                "test",
                new PushReports(time, time, since -> Duration.ZERO, (target, result) -> {}));
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @AfterEach
    void close() {
        poller.close();
        client.close();
    }

    private static Target target(String name, String... command) {
        return target(name, new ExecProbe(List.of(command), 0, false));
    }

    private static Target target(String name, Probe probe) {
        ProbeSettings settings = new ProbeSettings(
                probe, Duration.ofMinutes(1), TIMEOUT, StateMachine.of(1, 1), List.of(), Map.of(), Duration.ZERO);
        return Target.configured(new TargetId(name, "m"), Source.FILE, settings, Instant.EPOCH);
    }

    private List<PollResult> poll(Target target) {
        List<PollResult> results = new CopyOnWriteArrayList<>();
        poller.poll(target, (result, exchange) -> results.add(result));
        return results;
    }

    /** A command that creates a file and hangs. */
    private Target hung(String name) {
        return target(name, "sh", "-c", "touch " + directory.resolve(name) + "; sleep 613");
    }

    @Test
    void aHangingRunFailsAtItsTimeoutAndMakesRoomForOthers() throws IOException {
        List<PollResult> hung = poll(hung("hung"));
        Await.until("it runs", () -> Files.exists(directory.resolve("hung")));
        List<PollResult> waiting = poll(target("waiting", "true"));
        List<PollResult> again = poll(hung("hung"));
        assertThat(again)
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("the previous run has not ended yet"));
        assertThat(hung).isEmpty();
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(hung).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(hung).singleElement().satisfies(result -> {
            assertThat(result.code()).isEqualTo(Outcome.Code.ERROR);
            assertThat(result.message()).isEqualTo("no result within 30 s");
            assertThat(result.latency()).isEqualTo(TIMEOUT);
        });
        // It never started.
        assertThat(waiting)
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("no free thread within 30 s"));
        Await.until("there is room again", () -> {
            List<PollResult> next = poll(target("next", "true"));
            Await.until("it has ended", () -> !next.isEmpty());
            return next.get(0).code() == Outcome.Code.OK;
        });
        assertThat(hung).hasSize(1);
    }

    @Test
    void anUnknownCommandIsAFailure() {
        List<PollResult> results = poll(target("none", "no-such-command-anywhere"));
        Await.until("it has ended", () -> !results.isEmpty());
        assertThat(results.get(0).code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(results.get(0).message())
                .isEqualTo("cannot run 'no-such-command-anywhere': no such command, or not allowed to run it");
    }

    @Test
    void refusesAnAddressBeforeItConnects() {
        try (IndicatorPoller guarded =
                new IndicatorPoller("tls", 1, context(address -> Optional.of("it is loopback")))) {
            List<PollResult> results = new CopyOnWriteArrayList<>();
            Target target = target("guarded", new TlsProbe("127.0.0.1", 1, 21, 7, null));
            guarded.poll(target, (result, exchange) -> results.add(result));
            Await.until("it has ended", () -> !results.isEmpty());
            assertThat(results.get(0).message()).isEqualTo("not allowed: it is loopback");
        }
    }

    @Test
    void connectsToTheAddressesThatWereJudgedAndLooksUpOnce() throws IOException {
        AddressGuard guard = address -> address.getAddress().getHostAddress().equals("127.0.0.1")
                ? Optional.empty()
                : Optional.of("it is of the house");
        AtomicInteger lookups = new AtomicInteger();
        // The second answer of this name server would lead to an address that nobody has judged.
        IndicatorPoller.Lookup changing = host -> lookups.getAndIncrement() == 0
                ? new InetAddress[] {loopback(2), loopback(1)}
                : new InetAddress[] {loopback(2)};
        try (ServerSocket server = new ServerSocket(0, 10, loopback(1));
                IndicatorPoller guarded = new IndicatorPoller("tls", 1, context(guard), changing)) {
            List<PollResult> results = new CopyOnWriteArrayList<>();
            Target target = target("guarded", new TlsProbe("app.example", server.getLocalPort(), 21, 7, null));
            guarded.poll(target, (result, exchange) -> results.add(result));
            try (Socket connection = server.accept()) {
                assertThat(connection.getLocalAddress().getHostAddress()).isEqualTo("127.0.0.1");
            }
            Await.until("it has ended", () -> !results.isEmpty());
            assertThat(lookups).hasValue(1);
            assertThat(results.get(0).message()).startsWith("no handshake with app.example");
        }
    }

    @Test
    void aHostIsUnknown() {
        IndicatorPoller.Lookup none = host -> {
            throw new UnknownHostException(host);
        };
        try (IndicatorPoller resolving = new IndicatorPoller("tls", 1, context(AddressGuard.NONE), none)) {
            List<PollResult> results = new CopyOnWriteArrayList<>();
            Target target = target("unknown", new TlsProbe("localhost.", 1, 21, 7, null));
            resolving.poll(target, (result, exchange) -> results.add(result));
            Await.until("it has ended", () -> !results.isEmpty());
            assertThat(results.get(0).message()).isEqualTo("host localhost. is unknown");
        }
    }

    @Test
    void runsNothingAfterClose() {
        poller.close();
        assertThat(poll(target("late", "true")))
                .singleElement()
                .satisfies(result -> assertThat(result.message()).isEqualTo("the monitor is closing"));
    }
}
