package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that are no HTTP, and clients that go away: they get a problem, and leave nothing in the log. */
class BrokenRequestTest {
    private static final String LOGIN = "POST /api/v1/login HTTP/1.1\nHost: localhost\n";

    @TempDir
    Path data;

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                lines.add(event);
            }
        }
    };
    private TestMonitor monitor;

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data, new ManualScheduler());
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stop() {
        root().detachAppender(log);
        monitor.close();
    }

    private String answer(String request) {
        return Wire.answer(monitor.monitor().uri(), request);
    }

    private void nothingIsLogged() {
        // Whatever was sent before has been handled when this is answered: at worst it is still being logged.
        assertThat(monitor.api.get("/_ping").statusCode()).isEqualTo(200);
        assertThat(lines).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\n\nzz\n",
                "Transfer-Encoding: chunked\n\n5\nabcdefgh\n",
                "Transfer-Encoding: chunked\n\n5\nab",
                "Transfer-Encoding: chunked\n\nffffffffffffffffffff\nab",
                "Content-Length: 100\n\nab"
            })
    void brokenBodiesAre400(String rest) {
        assertThat(answer(LOGIN + rest))
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("Connection: close")
                .contains("application/problem+json")
                .contains("the body is broken")
                .contains("nosniff");
        nothingIsLogged();
    }

    @Test
    void clientsThatGoAwayLeaveNothingInTheLog() {
        for (int i = 0; i < 20; i++) {
            Wire wire = new Wire(monitor.monitor().uri());
            wire.send(LOGIN + "Content-Length: 100\n\nab");
            wire.reset();
        }
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:1\"}");
        for (int i = 0; i < 20; i++) {
            Wire wire = new Wire(monitor.monitor().uri());
            wire.send("GET /openapi.json HTTP/1.1\nHost: localhost\n\n".repeat(40));
            wire.firstLine();
            wire.reset();
        }
        nothingIsLogged();
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET /api/v1/targets/%zz HTTP/1.1",
        "400, GET /api/v1/targets/% HTTP/1.1",
        "400, GET /api/v1/targets/%00 HTTP/1.1",
        "400, GET /api/v1/targets/a%2e%2e%00b/c HTTP/1.1",
        "505, GET /_ping HTTP/3.7",
        "400, GET",
        "400, G@T /_ping HTTP/1.1",
    })
    void refusalsOfTheServerAreProblems(int code, String line) {
        isProblem(code, answer(line + "\nHost: localhost\nConnection: close\n\n"));
    }

    @Test
    void longRequestsAreProblems() {
        isProblem(414, answer("GET /" + "a".repeat(20_000) + " HTTP/1.1\nHost: localhost\n\n"));
        isProblem(431, answer("GET /_ping HTTP/1.1\nHost: localhost\nX: " + "a".repeat(20_000) + "\n\n"));
        isProblem(417, answer("PUT /_ping HTTP/1.1\nHost: localhost\nExpect: magic\nContent-Length: 1\n\na"));
        isProblem(400, answer("GET /_ping HTTP/1.1\n\n"));
    }

    private void isProblem(int code, String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + code + " ")
                .contains("application/problem+json")
                .contains("X-Content-Type-Options: nosniff")
                .contains("\"status\":" + code)
                .doesNotContain("<");
        nothingIsLogged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_ping",
                "/_health",
                "/_health/nothing",
                "/openapi.json",
                "/api/v1/targets",
                "/api/v1/targets/a/b",
                "/metrics",
                "/nothing",
                "/api/v1/tokens"
            })
    void everyAnswerForbidsToGuessItsType(String path) {
        assertThat(monitor.api.get(path).headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
    }
}
