package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What strangers may make the threads of a server wait for. Runs begin when the test takes them. */
@Timeout(60)
class WaitersTest {
    private static final Map<String, String> NO_CACHE = Map.of("Cache-Control", "no-cache");
    private static final Map<String, String> TRUSTED = Map.of("Cache-Control", "no-cache", "Authorization", "Bearer t");

    private final ManualScheduler time = new ManualScheduler();
    private final BlockingQueue<Runnable> runs = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Waiting> waiting = new ArrayList<>();

    /** A request that waits. */
    private record Waiting(Thread thread, CompletableFuture<Exchange> answer) {}

    private Health start(Consumer<CheckOptions> options) {
        return time.health()
                .executor(runs::add)
                .check(
                        "c",
                        () -> Outcome.ok().with("run", count.incrementAndGet()),
                        options.andThen(c -> c.timeout(Duration.ofMinutes(1)).interval(Duration.ofMinutes(5))))
                .start();
    }

    private void runNext() throws InterruptedException {
        runs.poll(30, TimeUnit.SECONDS).run();
    }

    private static Exchange get(HealthEndpoint endpoint, Map<String, String> headers) {
        return InMemory.exchange(endpoint, "GET", "/_health", headers);
    }

    private void beginToWait(HealthEndpoint endpoint, Map<String, String> headers) {
        CompletableFuture<Exchange> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(get(endpoint, headers)));
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(answer).isNotDone();
            Thread.onSpinWait();
        }
        waiting.add(new Waiting(thread, answer));
    }

    @AfterEach
    void allWaitersLeave() throws InterruptedException {
        for (Runnable run = runs.poll(); run != null; run = runs.poll()) {
            run.run();
        }
        for (Waiting one : waiting) {
            one.thread().join();
        }
    }

    @Test
    void twoWaitForAFresherResultAndOthersGetWhatIsKnown() throws Exception {
        try (Health health = start(c -> {})) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            time.advance(Duration.ZERO);
            runNext();
            time.advance(Duration.ofSeconds(2));
            beginToWait(endpoint, NO_CACHE);
            beginToWait(endpoint, NO_CACHE);
            for (int i = 0; i < 20; i++) {
                assertThat(get(endpoint, NO_CACHE).body()).contains("\"run\":1");
            }
            runNext();
            for (Waiting one : waiting) {
                assertThat(one.answer().get(30, TimeUnit.SECONDS).body()).contains("\"run\":2");
            }
            assertThat(runs).isEmpty();
            time.advance(Duration.ofSeconds(2));
            beginToWait(endpoint, NO_CACHE);
        }
    }

    @Test
    void onlyThoseWaitWhomTheApplicationLets() throws Exception {
        try (Health health = start(c -> {})) {
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .mayWait(request -> "Bearer t".equals(request.header("Authorization")))
                    .build();
            time.advance(Duration.ZERO);
            runNext();
            time.advance(Duration.ofSeconds(2));
            assertThat(get(endpoint, NO_CACHE).body()).contains("\"run\":1");
            assertThat(runs).hasSize(1);
            for (int i = 0; i < 3; i++) {
                beginToWait(endpoint, TRUSTED);
            }
            runNext();
            for (Waiting one : waiting) {
                assertThat(one.answer().get(30, TimeUnit.SECONDS).body()).contains("\"run\":2");
            }
            assertThat(get(endpoint, NO_CACHE).body()).contains("\"run\":2");
        }
    }

    @Test
    void allWaitForAnOnRequestCheckUntilOneOfItsResultsCounts() throws Exception {
        try (Health health = start(c -> c.onRequest())) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            for (int i = 0; i < 4; i++) {
                beginToWait(endpoint, Map.of());
            }
            runNext();
            for (Waiting one : waiting) {
                assertThat(one.answer().get(30, TimeUnit.SECONDS).code()).isEqualTo(200);
            }
            time.advance(Duration.ofSeconds(2));
            beginToWait(endpoint, Map.of());
            beginToWait(endpoint, Map.of());
            assertThat(get(endpoint, Map.of()).body()).contains("\"run\":1");
        }
    }

    @Test
    void anEventLoopGetsItsAnswerByTheSameRule() throws Exception {
        try (Health health = start(c -> {})) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            time.advance(Duration.ZERO);
            runNext();
            time.advance(Duration.ofSeconds(2));
            Executor direct = Runnable::run;
            HealthRequest request = InMemory.request("GET", "/_health", NO_CACHE);
            CompletableFuture<HealthResponse> first = endpoint.handleAsync(request, direct);
            CompletableFuture<HealthResponse> second = endpoint.handleAsync(request, direct);
            assertThat(endpoint.handleAsync(request, direct)).isDone();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            runNext();
            assertThat(first).isDone();
            assertThat(second).isDone();
            time.advance(Duration.ofSeconds(2));
            assertThat(endpoint.handleAsync(request, direct)).isNotDone();
        }
    }
}
