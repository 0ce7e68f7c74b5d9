package dev.vitals.health.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests one event loop with checks that run until the test lets them end. */
class EventLoopTest {
    private static final int PROBES = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ManualScheduler time = new ManualScheduler();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        mayEnd.countDown();
        threads.shutdownNow();
    }

    private Outcome waitForTheTest() throws InterruptedException {
        runs.incrementAndGet();
        running.countDown();
        mayEnd.await();
        return Outcome.ok();
    }

    private Health health() {
        return time.health()
                .executor(threads)
                .check(
                        "asked",
                        this::waitForTheTest,
                        c -> c.onRequest().timeout(TIMEOUT).failureThreshold(1))
                .start();
    }

    private CompletableFuture<Exchange> begin(VertxServer server, String path) {
        return CompletableFuture.supplyAsync(() -> server.exchange("GET", path, Map.of()), threads);
    }

    @Test
    void answersOthersWhileProbesWaitForACheck() throws Exception {
        try (Health health = health();
                VertxServer server = new VertxServer(HealthRequestHandler.of(health))) {
            List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                waiting.add(begin(server, i % 2 == 0 ? "/_health" : "/_system/check/asked"));
            }
            running.await();

            assertThat(server.exchange("GET", "/_ping", Map.of()).code()).isEqualTo(200);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            mayEnd.countDown();
            for (CompletableFuture<Exchange> probe : waiting) {
                assertThat(probe.get().code()).isEqualTo(200);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void answersAtTheTimeoutOfACheckThatHangs() throws Exception {
        try (Health health = health();
                VertxServer server = new VertxServer(HealthRequestHandler.of(health))) {
            CompletableFuture<Exchange> probe = begin(server, "/_health");
            running.await();

            time.advance(TIMEOUT);

            assertThat(probe.get().code()).isEqualTo(503);
            assertThat(probe.get().body()).contains("no answer within 30 s");
        }
    }

    @Test
    void runsChecksForARequestWithNoCache() {
        try (Health health = time.health()
                        .check("c", () -> Outcome.ok().with("run", runs.incrementAndGet()))
                        .start();
                VertxServer server = new VertxServer(HealthRequestHandler.of(health))) {
            time.advance(Duration.ofSeconds(3));
            Map<String, String> noCache = Map.of("Cache-Control", "no-cache");

            assertThat(server.exchange("GET", "/_health", Map.of()).body()).contains("\"run\":1");
            assertThat(server.exchange("GET", "/_health", noCache).body()).contains("\"run\":2");
        }
    }

    @Test
    void passesOtherRequestsOn() {
        try (Health health = time.health().start();
                VertxServer server = new VertxServer(HealthRequestHandler.of(health)
                        .before(request -> request.response().end("other")))) {
            assertThat(server.exchange("GET", "/_healthy", Map.of()).body()).isEqualTo("other");
            assertThat(server.exchange("GET", "/", Map.of()).body()).isEqualTo("other");
            assertThat(server.exchange("GET", "/_ping/", Map.of()).body()).isEmpty();
            assertThat(server.exchange("GET", "/_health/nobody", Map.of()).code())
                    .isEqualTo(404);
        }
    }

    @Test
    void alwaysAnswersEvenIfAPredicateThrows() {
        try (Health health = time.health().start()) {
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .authorized(request -> {
                        throw new IllegalStateException("predicate");
                    })
                    .build();
            try (VertxServer server = new VertxServer(HealthRequestHandler.of(endpoint))) {
                assertThat(server.exchange("GET", "/_health", Map.of()).code()).isEqualTo(503);
                assertThat(server.exchange("GET", "/_ping", Map.of()).code()).isEqualTo(200);
            }
        }
    }
}
