package dev.vitals.benchmarks;

import dev.vitals.health.Health;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How long does it take to start a Health with 20 checks? */
public final class StartUp {
    private static final int CHECKS = 20;

    private StartUp() {}

    /**
     * Prints the time until start() has returned and until each check has a result, in a JVM that has run nothing but
     * the first use of its logger, which every application has behind it by then; and once more.
     */
    public static void main(String[] args) throws InterruptedException {
        long begin = System.nanoTime();
        LoggerFactory.getLogger(StartUp.class);
        System.out.printf(Locale.ROOT, "start-up of slf4j alone: %.1f ms%n", (System.nanoTime() - begin) / 1e6);
        measure("the first time");
        measure("once more");
    }

    private static void measure(String when) throws InterruptedException {
        long begin = System.nanoTime();
        try (Health health = Checks.trivial(CHECKS, options -> {}).start()) {
            long started = System.nanoTime();
            Checks.awaitResults(health);
            long known = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "start-up %s: %.1f ms until started, %.1f ms until all first results%n",
                    when,
                    (started - begin) / 1e6,
                    (known - begin) / 1e6);
        }
    }
}
