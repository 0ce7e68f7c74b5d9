package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testing.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Flips, reads, registers, drains and closes at once on real threads: body, code and ETag always agree. */
@Timeout(120)
class StressTest {
    private static final int READS = 20_000;
    private static final List<String> PATHS = List.of("/_health", "/_health/ready", "/_system/check/flip0");

    private final Logger log = (Logger) LoggerFactory.getLogger(Health.class);
    private final ConcurrentHashMap<String, String> bodyByEtag = new ConcurrentHashMap<>();
    private final AtomicInteger different = new AtomicInteger();

    @BeforeEach
    void quiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        log.setLevel(null);
    }

    private static Outcome random() {
        int die = ThreadLocalRandom.current().nextInt(6);
        if (die == 0) {
            throw new StackOverflowError("on purpose");
        }
        return die < 3 ? Outcome.ok().with("die", die) : Outcome.error("die " + die);
    }

    private Void read(HealthEndpoint endpoint) {
        for (int i = 0; i < READS; i++) {
            String path = PATHS.get(i % PATHS.size());
            // Many requests ask for fresh results, so that checks run as often as possible.
            Map<String, String> headers = i % 7 == 0 ? Map.of("Cache-Control", "no-cache") : Map.of();
            check(path, InMemory.exchange(endpoint, "GET", path, headers));
        }
        return null;
    }

    private void check(String path, Exchange answer) {
        String status = answer.body().substring(11, answer.body().indexOf('"', 11));
        boolean outcome = path.startsWith("/_system");
        int failed = outcome ? 500 : 503;
        assertThat(answer.code()).isEqualTo(status.equals("fail") || (outcome && status.equals("warn")) ? failed : 200);
        assertThat(answer.header("Cache-Control").equals("no-store")).isEqualTo(status.equals("fail"));
        assertThat(answer.header("Content-Length"))
                .isEqualTo(String.valueOf(answer.body().length()));
        String earlier = bodyByEtag.putIfAbsent(answer.header("ETag"), answer.body());
        if (earlier == null) {
            different.incrementAndGet();
        } else {
            assertThat(earlier).isEqualTo(answer.body());
        }
    }

    private static Void register(Health health, int thread) {
        for (int i = 0; i < 300; i++) {
            String name = "extra" + thread + "-" + i % 5;
            health.register(name, StressTest::random, c -> c.groups("ready").interval(Duration.ofMillis(100)));
            health.report();
            assertThat(health.unregister(name)).isTrue();
        }
        return null;
    }

    private static Void drain(Health health) {
        for (int i = 0; i < 300; i++) {
            health.draining().begin("round " + i, "stress", Duration.ofSeconds(1));
            assertThat(health.report("ready").orElseThrow().checks()).isNotNull();
            health.draining().end();
        }
        return null;
    }

    @Test
    void noReaderSeesABodyACodeAndAnEtagThatDisagree() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger told = new AtomicInteger();
        var builder = Health.builder().listener(change -> told.incrementAndGet());
        for (int i = 0; i < 10; i++) {
            builder.check(
                    "flip" + i,
                    StressTest::random,
                    c -> c.interval(Duration.ofMillis(100)).failureThreshold(1).groups("ready"));
        }
        Health health = builder.start();
        HealthEndpoint endpoint = HealthEndpoint.of(health);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int thread = i;
                work.add(() -> read(endpoint));
                work.add(() -> thread < 3 ? register(health, thread) : drain(health));
            }
            for (Future<Void> done : threads.invokeAll(work, 100, TimeUnit.SECONDS)) {
                done.get();
            }
            assertThat(health.report().checks()).hasSize(10);
        } finally {
            health.close();
            threads.shutdownNow();
        }
        assertThat(different.get()).isGreaterThan(20);
        assertThat(told.get()).isPositive();
    }
}
