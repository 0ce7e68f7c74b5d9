package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import dev.vitals.health.internal.Memo;
import dev.vitals.health.testing.LogLines;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values of reports: each is made once, and in advance if it is often asked for. */
class MemoTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();
    private final List<HealthReport> made = new ArrayList<>();
    private final Memo<HealthReport, Object> memo = Memo.madeBy(report -> {
        made.add(report);
        return new Object();
    });
    private final Health health = time.health().check("c", check).start();

    @AfterEach
    void close() {
        health.close();
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            memo.of(health.report());
        }
    }

    @Test
    void isMadeOnceAndNotBeforeSomebodyAsks() {
        time.advance(INTERVAL);
        assertThat(made).isEmpty();
        assertThat(memo.of(health.report())).isSameAs(memo.of(health.report()));
        assertThat(made).hasSize(1);
    }

    @Test
    void isThereWithTheNextReportIfItIsOftenAskedFor() {
        time.advance(INTERVAL);
        ask(2);
        time.advance(INTERVAL);
        assertThat(made).hasSize(2).last().isSameAs(health.report());
        ask(1);
        assertThat(made).hasSize(2);
    }

    @Test
    void isNotMadeInAdvanceIfItWasAskedForOnceOrNotAnyMore() {
        time.advance(INTERVAL);
        ask(1);
        time.advance(INTERVAL);
        assertThat(made).hasSize(1);
        ask(2);
        time.advance(INTERVAL.multipliedBy(5));
        assertThat(made).hasSize(3);
    }

    @Test
    void twoThreadsThatMakeOneAtTheSameTimeGetTheSame() {
        List<Object> inner = new ArrayList<>();
        List<Memo<HealthReport, Object>> itself = new ArrayList<>();
        itself.add(Memo.madeBy(report -> {
            if (inner.isEmpty()) {
                inner.add(this);
                inner.add(itself.get(0).of(report));
            }
            return new Object();
        }));
        assertThat(itself.get(0).of(health.report())).isSameAs(inner.get(1));
    }

    @Test
    void belongsToOneGroup() {
        health.register("other", check, options -> options.groups("batch"));
        time.advance(INTERVAL);
        HealthReport batch = health.report("batch").orElseThrow();
        assertThat(memo.of(batch)).isSameAs(memo.of(batch)).isNotSameAs(memo.of(health.report()));
        made.clear();
        time.advance(INTERVAL);
        assertThat(made).isNotEmpty().allMatch(report -> report.group().equals(batch.group()));
        health.unregister("other");
        assertThat(health.report("batch")).isEmpty();
    }

    @Test
    @Timeout(60)
    void isMadeWhileOtherThreadsPublish() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Memo<HealthReport, Object> slow = Memo.madeBy(report -> {
            if (report.check("second").isPresent() && making.getCount() > 0) {
                making.countDown();
                awaitUnchecked(mayEnd);
            }
            return new Object();
        });
        slow.of(health.report());
        slow.of(health.report());
        Thread first = new Thread(() -> health.register("second", check));
        first.start();
        making.await();
        // Its report is not shown before the slow value is there, but a third check is not held up.
        assertThat(health.report().check("second")).isEmpty();
        health.register("third", check);
        assertThat(health.report().checks()).extracting(CheckResult::name).containsExactly("c", "second", "third");
        long version = health.report().version();
        mayEnd.countDown();
        first.join();
        assertThat(health.report().version()).isEqualTo(version);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void losesNoResultIfItCannotBeMade() {
        Memo<HealthReport, Object> broken = Memo.madeBy(report -> {
            if (check.runs() > 1) {
                throw new IllegalStateException("no " + report.status());
            }
            return new Object();
        });
        time.advance(Duration.ZERO);
        broken.of(health.report());
        broken.of(health.report());
        check.answer(Outcome.warning("slow"));
        try (LogLines lines = new LogLines(Health.class)) {
            time.advance(INTERVAL);
            assertThat(lines.at(Level.WARN)).contains("the answers for probes cannot be made");
            assertThat(lines.all()).contains("no WARN");
        }
        assertThat(health.report().status()).isEqualTo(Status.WARN);
        assertThatIllegalStateException()
                .isThrownBy(() -> broken.of(health.report()))
                .withMessage("no " + Status.WARN);
    }
}
