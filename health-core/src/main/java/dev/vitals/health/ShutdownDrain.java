package dev.vitals.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains when the JVM begins to shut down, and holds the shutdown up until probers know. Thread-safe. */
final class ShutdownDrain {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final int ANSWERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LAST_ANSWER = Duration.ofMillis(200);

    private final Draining draining;
    private final Duration cap;
    private final Thread hook = new Thread(null, this::drain, "health-shutdown", 0, false);

    private ShutdownDrain(Draining draining, Duration cap) {
        this.draining = draining;
        this.cap = cap;
    }

    /** Starts to wait for the shutdown; returns what ends that. */
    static Runnable install(Draining draining, Duration cap) {
        ShutdownDrain drain = new ShutdownDrain(draining, cap);
        Runtime.getRuntime().addShutdownHook(drain.hook);
        return drain::remove;
    }

    /** Drains and waits, up to the cap. */
    private void drain() {
        // Before the drain begins, so that its first answers count.
        CompletableFuture<Boolean> told = draining.confirmed(ANSWERS, cap);
        draining.begin("the process is shutting down", "JVM shutdown", cap.plus(PATIENCE));
        try {
            boolean confirmed = told.get(cap.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
            log.info("drained: {}", confirmed ? "probers know" : "no prober has confirmed it");
            if (confirmed) {
                // The last answer is counted before it is written.
                Thread.sleep(LAST_ANSWER.toMillis());
            }
        } catch (TimeoutException | ExecutionException notConfirmed) {
            log.warn("the drain was not confirmed", notConfirmed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            log.debug("the JVM shuts down already");
        }
    }
}
