package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorAwayTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String TOKEN = "t0p-s3cret";

    private final Timetable timetable = new Timetable();
    private FakeMonitor monitor;
    private LogLines log;

    @BeforeEach
    void begin() throws IOException {
        monitor = FakeMonitor.start();
        log = new LogLines(MonitorClient.class);
    }

    @AfterEach
    void end() {
        assertThat(log.all()).doesNotContain(TOKEN);
        log.close();
        monitor.close();
    }

    private MonitorClient start(URI where) {
        return MonitorClient.builder(where)
                .app("orders")
                .instance("a")
                .url(URI.create("http://localhost:8080"))
                .token(TOKEN)
                .scheduler(timetable)
                .start();
    }

    @Test
    void retriesUntilTheMonitorIsBack() throws Exception {
        URI where = FakeMonitor.away();
        try (MonitorClient client = start(where)) {
            timetable.begin();
            Duration max = SECOND;
            for (int i = 0; i < 8; i++) {
                assertThat(timetable.begin()).isBetween(Duration.ofMillis(100), max);
                max = max.multipliedBy(2);
            }
            timetable.next();
            assertThat(client.registered()).isFalse();
            assertThat(log.levels().get(0)).isEqualTo(Level.WARN);
            assertThat(log.levels()).hasSize(9).containsOnlyOnce(Level.WARN).doesNotContain(Level.INFO);
            assertThat(log.at(Level.WARN).get(0))
                    .isEqualTo("cannot register orders with " + where
                            + ", will retry: no monitor answers there: connection"
                            + " refused; check host and port, and whether the server is running there");
            try (FakeMonitor back = FakeMonitor.at(where)) {
                timetable.advance(Duration.ofMinutes(1));
                assertThat(back.next().method()).isEqualTo("PUT");
                assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(30));
                assertThat(client.registered()).isTrue();
                assertThat(log.at(Level.INFO)).containsExactly("registered with " + where + " as orders/a");
            }
        }
    }

    @Test
    void warnsOnceForEachSeriesOfFailures() throws Exception {
        monitor.answers(201).answers(503).answers(503).answers(200).answers(200).answers(500);
        try (MonitorClient client = start(monitor.uri())) {
            for (int i = 0; i < 6; i++) {
                timetable.begin();
            }
            timetable.next();
            assertThat(client.registered()).isFalse();
        }
        assertThat(log.levels()).startsWith(Level.INFO, Level.WARN, Level.DEBUG, Level.INFO, Level.DEBUG, Level.WARN);
        assertThat(log.at(Level.WARN).get(0)).contains("answered 503");
    }

    @Test
    void logsTheReasonOfARefusalAndRetriesSlowly() throws Exception {
        monitor.answers(400, """
                {"title":"Bad registration","detail":"one field is out of its bounds\\nsays %s",
                "errors":[{"field":"interval","value":1,"bound":"must be from 5 to 300"}]}""".formatted(TOKEN));
        try (MonitorClient client = start(monitor.uri())) {
            timetable.begin();
            assertThat(timetable.begin()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
            assertThat(timetable.next()).isEqualTo(Duration.ofSeconds(30));
            assertThat(client.registered()).isTrue();
        }
        assertThat(log.at(Level.WARN))
                .containsExactly("cannot register orders with " + monitor.uri() + ", will retry: answered 400; "
                        + "Bad registration; one field is out of its bounds says ***; "
                        + "interval must be from 5 to 300 was 1");
    }

    @Test
    void saysWhatToDoAboutAWrongUrlOrToken() throws Exception {
        monitor.answers(401).answers(404).answers(308);
        for (String advice : List.of(
                "answered 401; set token(...) or tokenFile(...) to a token of this monitor",
                "answered 404; check the URL of the monitor: this server has no such API below it",
                "answered 308; redirects are not followed: set the monitor's final URL")) {
            try (MonitorClient client = start(monitor.uri())) {
                timetable.begin();
                timetable.next();
                assertThat(client.registered()).isFalse();
            }
            assertThat(log.at(Level.WARN)).last().asString().endsWith(", will retry: " + advice);
        }
        try (MonitorClient client = start(URI.create("http://no-such-host.invalid:8180"))) {
            timetable.begin();
            timetable.next();
            assertThat(client.registered()).isFalse();
        }
        assertThat(log.at(Level.WARN))
                .last()
                .asString()
                .endsWith("no monitor answers there: unknown host; check the host name");
    }

    @Test
    void warnsOfARefusalAfterTheMonitorWasAway() throws Exception {
        monitor.answers(503).answers(401).answers(503).answers(401);
        try (MonitorClient client = start(monitor.uri())) {
            for (int i = 0; i < 4; i++) {
                timetable.begin();
            }
            timetable.next();
            assertThat(client.registered()).isFalse();
        }
        assertThat(log.levels()).startsWith(Level.WARN, Level.WARN, Level.DEBUG, Level.DEBUG);
    }

    @Test
    void retriesOnceIfTheConnectionWasClosedBetweenTwoRenewals() throws Exception {
        monitor.answers(201).hangsUp();
        try (MonitorClient client = start(monitor.uri())) {
            timetable.begin();
            timetable.begin();
            timetable.next();
            assertThat(client.registered()).isTrue();
        }
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void countsAMonitorThatClosesTheConnection() throws Exception {
        monitor.hangsUp();
        try (MonitorClient client = start(monitor.uri())) {
            timetable.begin();
            assertThat(timetable.next()).isLessThanOrEqualTo(SECOND);
            assertThat(client.registered()).isFalse();
        }
        assertThat(log.at(Level.WARN)).hasSize(1);
    }
}
