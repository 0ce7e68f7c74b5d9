package dev.vitals.benchmarks;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.servlet.HealthServlet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;

/** Measures how one hung check among five changes the latency of probes, and how many threads it takes. */
public final class HungCheck {
    private static final int ROUNDS = 5;
    private static final int CALLS = 1_000_000;
    private static final int PROBES = 10_000;

    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final AtomicInteger HANGING = new AtomicInteger();

    private interface Call {
        void run() throws Exception;
    }

    private HungCheck() {}

    /** Prints the 99th percentiles with and without the hung check, and how many threads each probe leaves behind. */
    public static void main(String[] args) throws Exception {
        long none = threads();
        try (Health healthy = start(false)) {
            long one = threads();
            try (Health hung = start(true)) {
                System.out.printf(
                        "hung-check threads: %d without, %d with, %d of them stuck in the check%n",
                        one - none, threads() - one, HANGING.get());
                compare("handle", CALLS, handle(healthy), handle(hung));
                overHttp(healthy, hung);
                NEVER.countDown();
            }
        }
    }

    private static Health start(boolean hung) throws InterruptedException {
        Health health = Checks.trivial(4, options -> options.interval(Duration.ofMillis(500)))
                .check(
                        "fifth",
                        hung ? HungCheck::hang : Checks.TRIVIAL,
                        options -> options.interval(Duration.ofMillis(500)).timeout(Duration.ofMillis(100)))
                .start();
        Checks.awaitResults(health);
        return health;
    }

    private static Outcome hang() throws InterruptedException {
        HANGING.incrementAndGet();
        NEVER.await();
        HANGING.decrementAndGet();
        return Outcome.ok();
    }

    private static Call handle(Health health) {
        HealthEndpoint endpoint = HealthEndpoint.of(health);
        Probe probe = new Probe("/_health", null);
        return () -> endpoint.handle(probe);
    }

    private static void overHttp(Health healthy, Health hung) throws Exception {
        Server one = Servers.jetty(Map.of("/_health", HealthServlet.of(healthy)));
        Server other = Servers.jetty(Map.of("/_health", HealthServlet.of(hung)));
        Call withoutHung = probe(one);
        Call withHung = probe(other);
        percentile(withoutHung, PROBES);
        percentile(withHung, PROBES);
        long before = threads();
        int hangingBefore = HANGING.get();
        compare("HTTP", PROBES, withoutHung, withHung);
        System.out.printf(
                "hung-check leak: %d probes over HTTP left %d more threads and %d more stuck runs%n",
                ROUNDS * PROBES, threads() - before, HANGING.get() - hangingBefore);
        one.stop();
        other.stop();
    }

    private static Call probe(Server server) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + Servers.port(server) + "/_health"))
                .build();
        return () -> client.send(request, BodyHandlers.discarding());
    }

    private static void compare(String what, int calls, Call withoutHung, Call withHung) throws Exception {
        percentile(withoutHung, calls);
        percentile(withHung, calls);
        long[] without = new long[ROUNDS];
        long[] with = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = percentile(withoutHung, calls);
            with[round] = percentile(withHung, calls);
        }
        System.out.printf("hung-check p99 of %s in ns: without %s, with %s%n", what, spread(without), spread(with));
    }

    private static long percentile(Call call, int calls) throws Exception {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            call.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[calls * 99 / 100];
    }

    private static String spread(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2] + " (" + values[0] + "–" + values[values.length - 1] + ")";
    }

    // Without the threads of Jetty and of the client. Virtual threads are not listed here; HANGING counts them.
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("health-"))
                .count();
    }
}
