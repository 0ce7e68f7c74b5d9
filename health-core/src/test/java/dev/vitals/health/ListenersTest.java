package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.vitals.health.internal.AgeClock;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ListenersTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();

    private void flip(int times) {
        for (int i = 0; i < times; i++) {
            check.answer(i % 2 == 0 ? Outcome.ok() : Outcome.error("down"));
            time.advance(INTERVAL);
        }
    }

    @Test
    void getsEachChangeOnceAndInOrder() {
        List<String> heard = new ArrayList<>();
        try (Health health = time.health()
                .check("c", check, c -> c.failureThreshold(1))
                .listener(change -> heard.add(change.from() + ">" + change.to()))
                .start()) {
            flip(4);
            assertThat(heard)
                    .containsExactly("UNKNOWN>HEALTHY", "HEALTHY>UNHEALTHY", "UNHEALTHY>HEALTHY", "HEALTHY>UNHEALTHY");
            assertThat(health.history("c")).hasSize(4);
            assertThat(health.history("c").get(2).lasted()).isEqualTo(INTERVAL);
            assertThat(health.history("c").get(3).why()).contains("down");
            assertThat(health.history("c").get(3).toString()).isEqualTo("check c: HEALTHY -> UNHEALTHY: down");
        }
    }

    @Test
    void aListenerThatThrowsOrHangsDelaysNobody() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
        SnapshotPublisher publisher =
                new SnapshotPublisher(AgeClock.of(time::nanoTime, time), time, Threads.workers("listener-"));
        CheckDefinition definition = CheckDefinition.of("c", check, c -> c.failureThreshold(1));
        publisher.add(List.of(definition));
        publisher.changes().add(change -> {
            throw new StackOverflowError("on purpose");
        });
        publisher.changes().add(change -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        publisher.changes().add(heard::add);
        try {
            for (int i = 0; i < 10; i++) {
                publisher.record(definition, i % 2 == 0 ? Outcome.ok() : Outcome.error("down"), Duration.ZERO);
            }
            for (int i = 0; i < 10; i++) {
                Change change = heard.poll(30, TimeUnit.SECONDS);
                assertThat(change.to()).isEqualTo(i % 2 == 0 ? State.HEALTHY : State.UNHEALTHY);
            }
        } finally {
            release.countDown();
        }
    }

    @Test
    void aListenerMayCloseAndUnregisterAndLeave() {
        List<Change> heard = new ArrayList<>();
        Health[] health = new Health[1];
        HealthListener listener = change -> {
            heard.add(change);
            health[0].unregister("c");
            health[0].report();
            health[0].close();
        };
        health[0] = time.health().check("c", check).listener(listener).start();
        time.advance(INTERVAL);
        assertThat(heard).hasSize(1);
        assertThat(health[0].check("c")).isEmpty();
        health[0].removeListener(listener);
    }

    @Test
    void historyStaysFlatAfterAMillionFlips() {
        SnapshotPublisher publisher = new SnapshotPublisher(AgeClock.of(time::nanoTime, time), time, Runnable::run);
        CheckDefinition definition = CheckDefinition.of("c", check, c -> c.failureThreshold(1));
        publisher.add(List.of(definition));
        Outcome down = Outcome.error("down");
        try (LogLines lines = new LogLines(Changes.class)) {
            Logger log = (Logger) LoggerFactory.getLogger(Health.class);
            log.setLevel(Level.OFF);
            for (int i = 0; i < 1_000_000; i++) {
                publisher.record(definition, i % 2 == 0 ? Outcome.ok() : down, Duration.ZERO);
            }
            log.setLevel(null);
            assertThat(lines.levels()).isEmpty();
        }
        assertThat(publisher.changes().of("c")).hasSize(Changes.MAX_REMEMBERED);
        publisher.remove(definition);
        assertThat(publisher.changes().of("c")).isEmpty();
    }
}
