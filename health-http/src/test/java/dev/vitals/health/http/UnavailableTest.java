package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitals.health.Health;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** An answer that cannot be made. */
class UnavailableTest {
    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
            + "\"detail\":\"this page cannot be made; the log of the service says why\"}";

    private final Logger log = (Logger) LoggerFactory.getLogger(HealthEndpoint.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Health health = new ManualScheduler().health().start();
    private final HealthEndpoint endpoint = HealthEndpoint.builder(health)
            .authorized(request -> {
                throw new StackOverflowError("deep");
            })
            .build();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        health.close();
    }

    private void isProblemAndLogged(Exchange answer) {
        assertThat(answer.code()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(PROBLEM);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("cannot answer GET '/_health'");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("deep");
        });
    }

    @Test
    void isAProblemDocumentAndALineInTheLog() {
        isProblemAndLogged(InMemory.exchange(endpoint, "GET", "/_health", Map.of()));
    }

    @Test
    void isTheSameForAnEventLoop() {
        HealthResponse answer = endpoint.handleAsync(InMemory.request("GET", "/_health"), Runnable::run)
                .join();
        assertThat(answer.code()).isEqualTo(503);
    }

    @Test
    void isTheSameFromAServer() {
        try (HealthServer server = HealthServer.builder(endpoint).start()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port());
            isProblemAndLogged(HttpExchanges.send(uri, "GET", "/_health", Map.of()));
        }
    }
}
