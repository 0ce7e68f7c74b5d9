package dev.vitals.benchmarks;

import dev.vitals.health.Health;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Measures how long the start of 20 checks takes. */
public final class StartUp {
    private static final int CHECKS = 20;

    private StartUp() {}

    /**
     * Prints the time until start() returns and the time until each check has a result: for the first start in this JVM, and
     * for a second one. The logger is initialized before, as in any app.
     */
    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        LoggerFactory.getLogger(StartUp.class);
        System.out.printf(Locale.ROOT, "start-up of slf4j alone: %.1f ms%n", (System.nanoTime() - start) / 1e6);
        measure("the first time");
        measure("once more");
    }

    private static void measure(String when) throws InterruptedException {
        long start = System.nanoTime();
        try (Health health = Checks.trivial(CHECKS, options -> {}).start()) {
            long started = System.nanoTime();
            Checks.awaitResults(health);
            long known = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "start-up %s: %.1f ms until started, %.1f ms until all first results%n",
                    when,
                    (started - start) / 1e6,
                    (known - start) / 1e6);
        }
    }
}
