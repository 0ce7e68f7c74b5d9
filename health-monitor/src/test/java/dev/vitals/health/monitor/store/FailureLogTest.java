package dev.vitals.health.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private final FailureLog failures = new FailureLog(LoggerFactory.getLogger(FailureLogTest.class), "the work");

    private static RuntimeException failure(String cause) {
        return new IllegalStateException("outside", new IllegalArgumentException(cause));
    }

    @Test
    void eachCauseIsWarnedOfOnceInItsOwnWords() {
        try (LogLines log = new LogLines(FailureLogTest.class)) {
            for (int i = 0; i < 1_000; i++) {
                failures.failed(failure("locked"), "again soon");
                failures.failed(failure("full"), "again soon");
            }
            assertThat(log.at(Level.WARN))
                    .hasSize(2)
                    .first()
                    .isEqualTo("the work fails; again soon; further failures are logged at DEBUG: locked");
            assertThat(log.at(Level.DEBUG)).hasSize(2_000);
        }
    }

    @Test
    void causesThatDifferEachTimeFillNoLogEither() {
        try (LogLines log = new LogLines(FailureLogTest.class)) {
            for (int i = 0; i < 1_000; i++) {
                failures.failed(failure("row " + i), "again soon");
            }
            assertThat(log.at(Level.WARN)).hasSize(10);
        }
    }

    @Test
    void successIsSaidOnceAndTheNextFailureIsWarnedOfAgain() {
        try (LogLines log = new LogLines(FailureLogTest.class)) {
            failures.succeeded();
            failures.failed(failure("locked"), "again soon");
            failures.succeeded();
            failures.succeeded();
            failures.failed(failure("locked"), "again soon");
            assertThat(log.at(Level.INFO)).containsExactly("the work works again after 1 failures");
            assertThat(log.at(Level.WARN)).hasSize(2);
        }
    }
}
