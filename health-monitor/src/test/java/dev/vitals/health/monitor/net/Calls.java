package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Scheduler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client in real time, and calls that wait for their results. */
final class Calls implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    final Scheduler scheduler = Scheduler.daemon("test-scheduler");
    final NetClient client;

    Calls() {
        this(NetClient.Settings.ofProcess());
    }

    Calls(NetClient.Settings settings) {
        client = NetClient.start(scheduler, settings);
    }

    /** Returns a call with a timeout for slow machines. */
    static HttpCall get(URI url) {
        return HttpCall.get(url).timeout(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    CompletableFuture<ExchangeResult> begin(HttpCall call) {
        CompletableFuture<ExchangeResult> promise = new CompletableFuture<>();
        client.http(call, result -> assertThat(promise.complete(result)).isTrue());
        return promise;
    }

    ExchangeResult http(HttpCall call) {
        return await(begin(call));
    }

    ExchangeResult tcp(TcpCall call) {
        CompletableFuture<ExchangeResult> promise = new CompletableFuture<>();
        client.tcp(call, promise::complete);
        return await(promise);
    }

    static ExchangeResult await(CompletableFuture<ExchangeResult> promise) {
        try {
            return promise.get(PATIENCE_SECONDS + 10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    /** Returns the body of a call that must succeed. */
    String body(HttpCall call) {
        return text(http(call));
    }

    static String text(ExchangeResult result) {
        assertThat(result.failure()).isEmpty();
        return new String(result.answer().orElseThrow().body().bytes(), UTF_8);
    }

    /** Returns the failure of a call that must fail. */
    Failure failure(HttpCall call) {
        return http(call).failure().orElseThrow();
    }

    @Override
    public void close() {
        client.close();
        scheduler.close();
    }
}
