package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorClientCloseTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofSeconds(3);

    private final Timetable timetable = new Timetable();
    private FakeMonitor monitor;

    @BeforeEach
    void startMonitor() throws IOException {
        monitor = FakeMonitor.start();
    }

    @AfterEach
    void stopMonitor() {
        monitor.close();
    }

    private MonitorClientBuilder orders(URI where) {
        return MonitorClient.builder(where)
                .app("orders")
                .instance("a")
                .url(URI.create("http://localhost:8080"))
                .token("t")
                .scheduler(timetable);
    }

    private RegistrationLoop newLoop(Executor workers) {
        Registration registration = Registration.of(orders(monitor.uri()));
        MonitorConnection connection = new MonitorConnection(monitor.uri(), "orders", TokenSource.NONE, workers);
        return new RegistrationLoop(registration, new InstanceName("a"), connection, timetable, workers);
    }

    private static Duration timeToClose(MonitorClient client) {
        long start = System.nanoTime();
        client.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void deregistersOnce() throws Exception {
        MonitorClient client = orders(monitor.uri()).start();
        timetable.begin();
        FakeMonitor.Request put = monitor.next();
        timetable.next();
        client.close();
        client.close();
        FakeMonitor.Request delete = monitor.next();
        assertThat(delete.method()).isEqualTo("DELETE");
        assertThat(delete.path()).isEqualTo(put.path());
        assertThat(delete.authorization()).isEqualTo("Bearer t");
        assertThat(client.registered()).isFalse();
        assertThat(timetable.planned()).isZero();
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        MonitorClient client = MonitorClient.builder(monitor.uri())
                .app("orders")
                .url(URI.create("http://localhost:8080"))
                .start();
        monitor.next();
        Set<Thread> made = threads();
        made.removeAll(before);
        assertThat(made).isNotEmpty();
        client.close();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (made.stream().anyMatch(Thread::isAlive)) {
            assertThat(System.nanoTime() - end).as(made.toString()).isNegative();
            System.gc(); // before JDK 21 nothing else ends an HTTP client
            Thread.onSpinWait();
        }
    }

    /** Returns the threads of clients; other tests may have left some. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vitals-client")
                        || thread.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    @Test
    void sendsNothingIfNothingWasRegistered() {
        MonitorClient client = orders(monitor.uri()).start();
        client.close();
        timetable.advance(Duration.ofMinutes(1));
        assertThat(monitor.waiting()).isZero();
        assertThat(timetable.planned()).isZero();
    }

    @Test
    void deregistersAfterTheAttemptInProgressAndNotBefore() throws Exception {
        monitor.hesitates();
        RegistrationLoop loop = newLoop(Threads.workers("test-"));
        loop.start();
        timetable.begin();
        assertThat(monitor.next().method()).isEqualTo("PUT");
        loop.close();
        assertThat(loop.awaitEnd(System.nanoTime())).isFalse();
        assertThat(monitor.waiting()).isZero();
        monitor.released.countDown();
        assertThat(monitor.next().method()).isEqualTo("DELETE");
        assertThat(loop.awaitEnd(System.nanoTime() + SLACK.toNanos())).isTrue();
        assertThat(loop.registered()).isFalse();
        assertThat(timetable.planned()).isZero();
    }

    @Test
    void abortsAnAttemptThatTakesTooLong() throws Exception {
        monitor.hesitates();
        MonitorClient client = orders(monitor.uri()).start();
        timetable.begin();
        assertThat(monitor.next().method()).isEqualTo("PUT");
        try (LogLines log = new LogLines(MonitorClient.class)) {
            assertThat(timeToClose(client)).isLessThan(BOUND.plus(SLACK));
            assertThat(monitor.next().method()).isEqualTo("DELETE");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
        assertThat(timetable.planned()).isZero();
    }

    @Test
    void closesQuicklyIfTheMonitorIsAway() throws Exception {
        MonitorClient client = orders(FakeMonitor.away()).start();
        timetable.begin();
        timetable.next();
        assertThat(timeToClose(client)).isLessThan(BOUND.plus(SLACK));
    }

    @Test
    void deregistersDespiteAnEarlierInterrupt() throws Exception {
        MonitorClient client = orders(monitor.uri()).start();
        timetable.begin();
        monitor.next();
        timetable.next();
        Thread.currentThread().interrupt();
        client.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(monitor.next().method()).isEqualTo("DELETE");
    }

    @Test
    void endsEvenWithoutAThread() throws Exception {
        RegistrationLoop loop = newLoop(task -> {
            throw new RejectedExecutionException("none left");
        });
        loop.start();
        timetable.begin();
        assertThat(timetable.next()).isEqualTo(BackOff.LONGEST);
        loop.close();
        assertThat(loop.awaitEnd(System.nanoTime())).isTrue();
    }
}
