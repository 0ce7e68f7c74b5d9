package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.internal.Threads;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final byte[] DOCUMENT = {'{', '}'};

    private FakeMonitor monitor;
    private MonitorConnection connection;

    @BeforeEach
    void start() throws IOException {
        monitor = FakeMonitor.start();
        connection = new MonitorConnection(monitor.uri(), "orders", TokenSource.NONE, Threads.workers("test-"));
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void waitsForAnAnswerUntilTheTimeout() {
        monitor.hesitates();
        assertThatThrownBy(() -> connection.put("a", DOCUMENT, SHORT)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void waitsForABodyUntilTheTimeout() {
        monitor.stallsInTheBody();
        assertThatThrownBy(() -> connection.put("a", DOCUMENT, SHORT)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void readsABoundedPartOfABody() throws IOException {
        monitor.answers(400, "{\"title\":\"" + "x".repeat(4 * MonitorConnection.MAX_BODY_BYTES) + "\"}");
        assertThat(connection.put("a", DOCUMENT, LONG)).isEqualTo(new MonitorAnswer(400, "answered 400", null));
    }

    @Test
    void sendsNoPutAfterAnAbort() {
        connection.abortPut();
        assertThatThrownBy(() -> connection.put("a", DOCUMENT, LONG)).isInstanceOf(CancellationException.class);
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void anAbortEndsThePutInProgress() throws Exception {
        monitor.hesitates();
        CompletableFuture<MonitorAnswer> put = new CompletableFuture<>();
        Thread putter = new Thread(() -> {
            try {
                put.complete(connection.put("a", DOCUMENT, LONG));
            } catch (IOException | CancellationException e) {
                put.completeExceptionally(e);
            }
        });
        putter.start();
        monitor.next();
        connection.abortPut();
        putter.join();
        assertThat(put).isCancelled();
        assertThat(monitor.waiting()).as("attempts after the first").isZero();
    }

    @Test
    void deletesAfterAnAbort() throws IOException {
        connection.abortPut();
        assertThat(connection.delete("a", LONG).status()).isEqualTo(204);
    }

    @Test
    void doesNotFollowRedirects() throws IOException {
        monitor.answers(307);
        MonitorAnswer answer = connection.put("a", DOCUMENT, LONG);
        assertThat(answer.accepted()).isFalse();
        assertThat(answer.refused()).isFalse();
    }
}
