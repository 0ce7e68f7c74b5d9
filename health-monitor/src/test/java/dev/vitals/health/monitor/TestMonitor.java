package dev.vitals.health.monitor;

import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A real monitor on a free port with manual time. */
final class TestMonitor implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(1);

    final ManualScheduler time;
    final Api api;
    final Api admin;
    private final Monitor monitor;
    private int hung;

    TestMonitor(Path data) {
        this(data, new ManualScheduler());
    }

    TestMonitor(Path data, ManualScheduler time) {
        this(data, time, settings -> settings);
    }

    TestMonitor(Path data, ManualScheduler time, UnaryOperator<MonitorBuilder> settings) {
        this.time = time;
        try {
            monitor = settings.apply(
                            Monitor.builder().port(0).data(data).scheduler(time).clock(time))
                    .start();
            api = new Api(monitor.uri(), registrarToken(), adminToken());
            admin = new Api(monitor.uri(), adminToken(), adminToken());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String registrarToken() {
        try {
            return Files.readString(monitor.tokenFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the token of the first administrator. */
    String adminToken() {
        try {
            return Files.readString(monitor.tokenFile().resolveSibling("admin.token"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Monitor monitor() {
        return monitor;
    }

    /** Lets {@link #settle()} ignore that many polls that hang. */
    void allowHung(int number) {
        hung = number;
    }

    /** Advances time second by second, and waits after each until all polls have ended and their results are visible. */
    void advance(Duration duration) {
        for (long seconds = duration.toSeconds(); seconds > 0; seconds--) {
            time.advance(STEP);
            settle();
        }
    }

    void settle() {
        Await.until("all polls have ended", () -> monitor.schedule.underWay() <= hung);
        // Gates receive a result after its commit, in a queue behind earlier messages.
        recorded();
        recorded();
        recorded();
    }

    private void recorded() {
        monitor.registry.settled().join();
        // The queue of the gates is empty when this message for an unknown gate has been handled.
        monitor.gates.cancel("nobody", null).handle((found, failure) -> found).join();
    }

    @Override
    public void close() {
        monitor.close();
    }
}
