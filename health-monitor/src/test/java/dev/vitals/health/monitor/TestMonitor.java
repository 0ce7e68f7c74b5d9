package dev.vitals.health.monitor;

import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A real monitor on a free port, whose time is moved by hand. */
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

    /** From now on that many polls may stay under way. */
    void allowHung(int number) {
        hung = number;
    }

    /** Moves time second by second; each time waits until the polls are over and their results are shown. */
    void advance(Duration duration) {
        for (long seconds = duration.toSeconds(); seconds > 0; seconds--) {
            time.advance(STEP);
            settle();
        }
    }

    void settle() {
        Await.until("polls are over", () -> monitor.schedule.activePolls() <= hung);
        monitor.registry.settled().join();
        // By now the gates have been told of all results. An unknown gate is answered after they have processed these.
        monitor.gates.cancel("nobody", null).handle((found, failure) -> found).join();
    }

    @Override
    public void close() {
        monitor.close();
    }
}
