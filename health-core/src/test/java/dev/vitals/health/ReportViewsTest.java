package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vitals.health.internal.Memo;
import dev.vitals.health.testkit.FaultyCheck;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of reports: once, and by whoever publishes where it is often asked for. */
class ReportViewsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FaultyCheck check = FaultyCheck.ok();
    private final List<HealthReport> made = new ArrayList<>();
    private final Memo<HealthReport, Object> view = Memo.madeBy(report -> {
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
            view.of(health.report());
        }
    }

    @Test
    void areMadeOnceAndNotBeforeSomebodyAsks() {
        time.advance(INTERVAL);
        assertThat(made).isEmpty();
        assertThat(view.of(health.report())).isSameAs(view.of(health.report()));
        assertThat(made).hasSize(1);
    }

    @Test
    void areThereWithTheNextReportIfTheyWereOftenAskedFor() {
        time.advance(INTERVAL);
        ask(2);
        time.advance(INTERVAL);
        assertThat(made).hasSize(2).last().isSameAs(health.report());
        ask(1);
        assertThat(made).hasSize(2);
    }

    @Test
    void areNotMadeForWhoAskedOnceOrNoMore() {
        time.advance(INTERVAL);
        ask(1);
        time.advance(INTERVAL);
        assertThat(made).hasSize(1);
        ask(2);
        time.advance(INTERVAL.multipliedBy(5));
        assertThat(made).hasSize(3);
    }

    @Test
    void twoWhoMakeOneAtOnceGetTheSame() {
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
    void areOfOneGroupEach() {
        health.register("other", check, options -> options.groups("batch"));
        time.advance(INTERVAL);
        HealthReport batch = health.report("batch").orElseThrow();
        assertThat(view.of(batch)).isSameAs(view.of(batch)).isNotSameAs(view.of(health.report()));
        made.clear();
        time.advance(INTERVAL);
        assertThat(made).isNotEmpty().allMatch(report -> report.group().equals(batch.group()));
        health.unregister("other");
        assertThat(health.report("batch")).isEmpty();
    }

    @Test
    void oneThatCannotBeMadeLosesNoResult() {
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
        time.advance(INTERVAL);
        assertThat(health.report().status()).isEqualTo(Status.WARN);
        assertThatIllegalStateException()
                .isThrownBy(() -> broken.of(health.report()))
                .withMessage("no " + Status.WARN);
    }
}
