package dev.vitals.benchmarks;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.http.HealthEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how many runs of a 20 ms check are caused by 64 probes at the same time. */
public final class SharedRun {
    private static final int PROBES = 64;

    private SharedRun() {}

    /** Prints one line for an on-request check and one for a background check. */
    public static void main(String[] args) throws Exception {
        measure(true);
        measure(false);
    }

    private static void measure(boolean onRequest) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Health health = Health.builder()
                .check(
                        "slow",
                        () -> {
                            runs.incrementAndGet();
                            Thread.sleep(20);
                            return Outcome.ok();
                        },
                        options -> {
                            if (onRequest) {
                                options.onRequest();
                            }
                        })
                .start()) {
            if (!onRequest) {
                Checks.awaitPass(health);
            }
            int before = runs.get();
            long millis = probeAtOnce(HealthEndpoint.of(health));
            System.out.printf(
                    "shared-run %s: %d probes at once caused %d runs and took %d ms%n",
                    onRequest ? "on-request" : "background", PROBES, runs.get() - before, millis);
        }
    }

    private static long probeAtOnce(HealthEndpoint endpoint) throws Exception {
        CountDownLatch ready = new CountDownLatch(PROBES);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(PROBES);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            answers.add(callers.submit(() -> {
                ready.countDown();
                go.await();
                return endpoint.handle(new Probe("/_health", null)).code();
            }));
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        for (Future<Integer> answer : answers) {
            if (answer.get() != 200) {
                throw new IllegalStateException("a probe got the answer " + answer.get());
            }
        }
        callers.shutdown();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
