package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.Scheduler;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.ExchangeResult;
import dev.vitals.health.monitor.net.NetClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a poll sends, and what it says of the answer. */
class HttpPollerTest {
    private final Scheduler scheduler = Scheduler.daemon("test-scheduler");
    private final NetClient client = NetClient.start(scheduler);
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private ServerSocket server;

    private record Polled(PollResult result, ExchangeResult exchange) {}

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        client.close();
        scheduler.close();
    }

    private void answer(String text) {
        Thread thread = new Thread(() -> serveOnce(text), "server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveOnce(String text) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            request.complete(head.toString());
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            request.completeExceptionally(e);
        }
    }

    private Polled poll(String kind, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.putIfAbsent("url", "http://127.0.0.1:" + server.getLocalPort());
        Probe probe = Probes.KINDS.kind(kind).stored(fields, Map.of());
        ProbeSettings settings = new ProbeSettings(
                probe,
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                StateMachine.of(1, 1),
                List.of(),
                Map.of(),
                Duration.ZERO);
        Target target = Target.configured(new TargetId("app", "m"), Source.FILE, settings, Instant.EPOCH);
        PushReports pushes =
                new PushReports(scheduler, InstantSource.system(), since -> Duration.ZERO, (reporter, result) -> {});
        PollContext context =
                new PollContext(client, any -> AddressGuard.NONE, scheduler, InstantSource.system(), "test", pushes);
        CompletableFuture<Polled> polled = new CompletableFuture<>();
        new HttpPoller(context).poll(target, (result, exchange) -> polled.complete(new Polled(result, exchange)));
        return await(polled);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    private static String ok(String head, String body) {
        return "HTTP/1.1 200 OK\r\n" + head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void asksForABodyWithoutACoding() {
        answer(ok("", "ready"));
        assertThat(poll("http", Map.of("contains", "ready")).result().code()).isEqualTo(Outcome.Code.OK);
        assertThat(await(request))
                .contains("\r\nUser-Agent: vitals-monitor/test\r\n", "\r\nAccept-Encoding: identity\r\n");
    }

    @Test
    void aConfiguredHeaderReplacesTheDefault() {
        answer(ok("", "ready"));
        Map<String, String> own = Map.of("user-agent", "Mozilla/5.0", "Accept", "text/html", "Accept-Encoding", "gzip");
        poll("http", Map.of("headers", own));
        assertThat(await(request)
                        .lines()
                        .map(line -> line.replaceFirst(":.*", "").toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(await(request)).contains("Mozilla/5.0", "Accept: text/html", "Accept-Encoding: gzip");
    }

    @Test
    void theHostHeaderCanDifferFromTheUrl() {
        answer(ok("", "ready"));
        assertThat(poll("http", Map.of("hostHeader", "shop.example:8443"))
                        .result()
                        .code())
                .isEqualTo(Outcome.Code.OK);
        assertThat(await(request)).contains("\r\nHost: shop.example:8443\r\n");
    }

    @Test
    void aRedirectIsToldWithItsTarget() {
        answer("HTTP/1.1 308 Moved\r\nLocation: https://new.example/x?token=secret\r\nContent-Length: 0\r\n\r\n");
        assertThat(poll("http", Map.of()).result().message())
                .isEqualTo("answered 308 to https://new.example/x, expected 200-299");
    }

    @Test
    void anUnknownCodingIsNamed() {
        answer(ok("Content-Encoding: br\r\n", "xyz"));
        assertThat(poll("http", Map.of("contains", "ready")).result().message())
                .isEqualTo(
                        "answered 200 without 'ready' in its body; its body is in the coding br, which was not asked for");
    }

    @Test
    void saysWhatTheAnswerWasJudgedBy() {
        answer(ok("", "{\"status\":\"UP\"}"));
        assertThat(poll("health", Map.of("healthPath", "/")).exchange().judgedBy())
                .hasValue("body");
        answer(ok("", "<html>"));
        assertThat(poll("health", Map.of("healthPath", "/")).exchange().judgedBy())
                .hasValue("code");
        answer(ok("", "<html>"));
        assertThat(poll("http", Map.of()).exchange().judgedBy()).hasValue("code");
    }
}
