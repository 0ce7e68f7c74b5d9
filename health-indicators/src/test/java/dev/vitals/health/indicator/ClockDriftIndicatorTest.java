package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.Outcome;
import dev.vitals.health.internal.DurationText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockDriftIndicatorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private HttpServer server;
    private String lastMethod = "";
    private String age = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            lastMethod = exchange.getRequestMethod();
            if (!age.isEmpty()) {
                exchange.getResponseHeaders().add("Age", age);
            }
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theSameClockHasNoDriftWhateverTheStatus() throws Exception {
        Outcome outcome = ahead(Duration.ZERO).run();
        Expect.ok(outcome);
        assertThat(Measured.all(outcome)).containsExactly("drift=0.0 s");
        assertThat(lastMethod).isEqualTo("HEAD");
    }

    @Test
    void aClockThatIsAheadIsAWarningThenAnError() throws Exception {
        Outcome warning = ahead(Duration.ofSeconds(20)).run();
        assertThat(Measured.of(warning, "drift")).isBetween(10.0, 20.0);
        Expect.warning(
                warning,
                "this clock is " + drift(Measured.of(warning, "drift")) + " ahead of that of " + uri()
                        + ", the limit is 2 s");
        Outcome error = ahead(Duration.ofHours(1)).run();
        assertThat(error.code()).isEqualTo(Outcome.Code.ERROR);
        assertThat(error.message().orElseThrow()).endsWith("the limit is 30 s");
    }

    @Test
    void aClockThatIsBehindIsAnErrorToo() throws Exception {
        Outcome error = ahead(Duration.ofHours(-1)).run();
        assertThat(Measured.of(error, "drift")).isBetween(-3_600.0, -3_500.0);
        Expect.error(
                error,
                "this clock is " + drift(-Measured.of(error, "drift")) + " behind that of " + uri()
                        + ", the limit is 30 s");
    }

    private static String drift(double seconds) {
        return DurationText.inWords(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    @Test
    void theAgeOfAnAnswerFromACacheIsAddedToItsDate() throws Exception {
        age = "3600";
        Expect.ok(ahead(Duration.ofHours(1)).run());
        age = "a while";
        Expect.ok(ahead(Duration.ZERO).run());
    }

    @Test
    void usesTheConfiguredLimits() throws Exception {
        Expect.ok(ahead(Duration.ofSeconds(20)).limits(PATIENCE, PATIENCE).run());
    }

    @Test
    void anAnswerWithoutADateIsAWarning() throws Exception {
        Expect.warning(answered(""), "answered without a date");
        Expect.warning(answered("Date: yesterday\r\n"), "answered without a date");
    }

    @Test
    void aServerThatDoesNotAnswerIsAWarning() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://localhost:" + silent.getLocalPort() + "/?key=secret");
            Expect.warning(
                    ClockDriftIndicator.of(uri).timeout(Duration.ofMillis(50)).run(),
                    "cannot compare the clock: HEAD http://localhost:" + silent.getLocalPort()
                            + "/?... did not answer within 50 ms");
        }
    }

    @Test
    void aMissingServerIsAWarning() throws Exception {
        URI uri = uri();
        server.stop(0);
        Expect.warning(
                ClockDriftIndicator.of(uri).timeout(PATIENCE).run(),
                "cannot compare the clock: HEAD " + uri + " failed: connection refused");
    }

    @Test
    void refusesBadValues() {
        assertThatNullPointerException()
                .isThrownBy(() -> ClockDriftIndicator.of(null))
                .withMessage("uri");
        assertThatIllegalArgumentException().isThrownBy(() -> ClockDriftIndicator.of(URI.create("ntp://pool")));
        ClockDriftIndicator check = ClockDriftIndicator.of(uri());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(Duration.ofMillis(500), PATIENCE))
                .withMessage("warnAt must be from 1s to 365d, was 500ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(PATIENCE, Duration.ofSeconds(2)))
                .withMessage("failAt must be from 60s to 365d, was 2s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    @Test
    void isPartOfTheSystemAndRemote() {
        ClockDriftIndicator check = ClockDriftIndicator.of(uri());
        assertThat(check.componentType()).contains("system");
        assertThat(check.remote()).isTrue();
    }

    /** Answers one request by hand, since a real server always sets the date. */
    private static Outcome answered(String headers) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Boolean> answering = new FutureTask<>(() -> {
                try (Socket socket = listening.accept()) {
                    String answer = "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 0\r\n\r\n";
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    return socket.getInputStream().read() < 0; // until the client has gone
                }
            });
            new Thread(answering, "answering").start();
            String uri = "http://localhost:" + listening.getLocalPort() + "/";
            Outcome outcome =
                    ClockDriftIndicator.of(URI.create(uri)).timeout(PATIENCE).run();
            assertThat(outcome.message().orElseThrow()).startsWith("cannot compare the clock: HEAD " + uri);
            return Outcome.of(
                    outcome.code(),
                    outcome.message()
                            .orElseThrow()
                            .substring(("cannot compare the clock: HEAD " + uri + " ").length()));
        }
    }

    private ClockDriftIndicator ahead(Duration offset) {
        InstantSource clock = Clock.offset(Clock.systemUTC(), offset);
        return ClockDriftIndicator.of(uri(), clock).timeout(PATIENCE);
    }

    private URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }
}
