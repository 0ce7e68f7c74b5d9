package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.net.Failure.Reason;
import dev.vitals.health.monitor.net.Timings.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lookups run off the event loop, are cached, and do not delay each other. */
class ResolverTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, AtomicInteger> lookups = new ConcurrentHashMap<>();
    private final Calls calls = new Calls(
            new NetClient.Settings(5_000, 5_000, Duration.ofMinutes(10), Duration.ofMinutes(10), this::lookup));

    @AfterEach
    void stop() {
        end.countDown();
        calls.close();
    }

    private InetAddress[] lookup(String host) throws UnknownHostException {
        lookups.computeIfAbsent(host, name -> new AtomicInteger()).incrementAndGet();
        if (host.startsWith("hung")) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (host.startsWith("no")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void cachesAddressesAndFailures() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(calls.body(Calls.get(server.url("app.example", "/"))))
                        .isEqualTo("ok");
                Failure failure = calls.failure(Calls.get(server.url("nobody.example", "/")));
                assertThat(failure)
                        .isEqualTo(new Failure(Reason.UNKNOWN_HOST, Phase.RESOLVING, "host nobody.example is unknown"));
            }
            assertThat(lookups.get("app.example")).hasValue(1);
            assertThat(lookups.get("nobody.example")).hasValue(1);
        }
    }

    @Test
    void looksUpOnceForAllWaitingCalls() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            List<CompletableFuture<ExchangeResult>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waiting.add(calls.begin(Calls.get(server.url("hung.example", "/"))));
            }
            end.countDown();
            waiting.forEach(call -> assertThat(Calls.text(Calls.await(call))).isEqualTo("ok"));
            assertThat(lookups.get("hung.example")).hasValue(1);
        }
    }

    @Test
    void hangingLookupsDoNotDelayOthers() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            List<CompletableFuture<ExchangeResult>> hung = new ArrayList<>();
            // Twice as many as there are fast slots: each slot is free again after a second.
            for (int i = 0; i < 2 * Resolver.MAX_FAST; i++) {
                hung.add(calls.begin(
                        HttpCall.get(server.url("hung" + i + ".example", "/")).timeout(Duration.ofMillis(500))));
            }
            assertThat(calls.body(Calls.get(server.url("app.example", "/")))).isEqualTo("ok");
            for (CompletableFuture<ExchangeResult> call : hung) {
                assertThat(Calls.await(call).failure().orElseThrow().phase()).isEqualTo(Phase.RESOLVING);
            }
            // These names are known to be slow, and wait in the other queue.
            for (int i = 0; i < 2 * Resolver.MAX_FAST; i++) {
                hung.add(calls.begin(
                        HttpCall.get(server.url("hung" + i + ".example", "/")).timeout(Duration.ofMillis(500))));
            }
            ExchangeResult prompt = calls.http(Calls.get(server.url("other.example", "/")));
            assertThat(Calls.text(prompt)).isEqualTo("ok");
            assertThat(prompt.timings().total()).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void aHangingLookupFailsAtTheTimeout() throws IOException {
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            Failure failure =
                    calls.failure(HttpCall.get(server.url("hung.example", "/")).timeout(Duration.ofMillis(200)));
            assertThat(failure)
                    .isEqualTo(new Failure(
                            Reason.TIMED_OUT, Phase.RESOLVING, "no address for host hung.example within 200 ms"));
        }
    }
}
