package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.net.Failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens on a kept connection says little of the target: doubts are cleared on a new one. */
class SilentConnectionTest {
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** Answers the first request of each connection, and reads the others without a word. */
    private static void answerOnce(RawServer.Connection connection) throws IOException {
        connection.readHead();
        connection.write(RawServer.ok("ok"));
        connection.waitForEnd();
    }

    @Test
    void silenceOnAKeptConnectionIsAskedAgainOnANewOne() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(SilentConnectionTest::answerOnce)) {
            HttpCall call = HttpCall.get(server.url("/")).timeout(SHORT).keep("a");
            for (int i = 0; i < 3; i++) {
                assertThat(calls.body(call)).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(3);
            Await.until("the silent ones are closed", () -> server.open() == 1);
        }
    }

    @Test
    void aSlowAnswerOnTheKeptConnectionStillCounts() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    if (connection.number > 1) {
                        second.countDown();
                        connection.waitForEnd();
                        return;
                    }
                    connection.readHead();
                    connection.write(RawServer.ok("first"));
                    connection.readHead();
                    // Answers as soon as the monitor has doubts.
                    awaitQuietly(second);
                    connection.write(RawServer.ok("slow"));
                    connection.readHead();
                    connection.write(RawServer.ok("kept"));
                    connection.waitForEnd();
                })) {
            HttpCall call =
                    Calls.get(server.url("/")).timeout(Duration.ofSeconds(4)).keep("a");
            assertThat(calls.body(call)).isEqualTo("first");
            ExchangeResult slow = calls.http(call);
            assertThat(Calls.text(slow)).isEqualTo("slow");
            assertThat(slow.timings().kept()).isTrue();
            Await.until("the other one is closed", () -> server.open() == 1);
            assertThat(calls.body(call)).isEqualTo("kept");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void silenceOnBothIsATimeout() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    if (connection.number == 1) {
                        connection.write(RawServer.ok("ok"));
                    }
                    connection.waitForEnd();
                })) {
            HttpCall call =
                    HttpCall.get(server.url("/")).timeout(Duration.ofSeconds(1)).keep("a");
            assertThat(calls.body(call)).isEqualTo("ok");
            assertThat(calls.failure(call).message()).isEqualTo("no answer within 1 s");
            Await.until("both are closed", () -> server.open() == 0);
        }
    }

    @Test
    void aRefusedSecondConnectionIsAFailure() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(SilentConnectionTest::answerOnce)) {
            HttpCall call = HttpCall.get(server.url("/")).timeout(SHORT).keep("a");
            assertThat(calls.body(call)).isEqualTo("ok");
            server.stopListening();
            assertThat(calls.failure(call).reason()).isEqualTo(Reason.REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421})
    void anAnswerAboutTheKeptConnectionIsAskedAgainOnANewOne(int status) throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(RawServer.ok("ok"));
                    connection.readHead();
                    connection.write("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
                    connection.waitForEnd();
                })) {
            HttpCall call = Calls.get(server.url("/")).keep("a");
            for (int i = 0; i < 3; i++) {
                assertThat(calls.body(call)).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void anAnswerAboutANewConnectionCounts() throws IOException {
        try (Calls calls = new Calls();
                RawServer server =
                        new RawServer(RawServer.always("HTTP/1.1 421 Misdirected\r\nContent-Length: 0\r\n\r\n"))) {
            ExchangeResult result = calls.http(Calls.get(server.url("/")).keep("a"));
            assertThat(result.answer().orElseThrow().status()).isEqualTo(421);
        }
    }

    @Test
    void aChangedStatusIsLookedAtOnANewConnection() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(RawServer.ok("ok"));
                    while (connection.readHead()) {
                        connection.write("HTTP/1.1 204 No Content\r\n\r\n");
                    }
                })) {
            HttpCall call = Calls.get(server.url("/")).keep("a");
            for (int i = 0; i < 3; i++) {
                assertThat(calls.http(call).succeeded()).isTrue();
            }
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionIsKeptNoLongerThanTheCallAllows() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int i = 0; i < 3; i++) {
                calls.body(Calls.get(server.url("/")).keep("a", Duration.ofNanos(1)));
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionThatWasIdleForLongIsNotUsed() throws IOException {
        NetClient.Settings settings = new NetClient.Settings(
                100, 100, Duration.ofMinutes(10), Duration.ofNanos(1), InetAddress::getAllByName);
        try (Calls calls = new Calls(settings);
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int i = 0; i < 3; i++) {
                calls.body(Calls.get(server.url("/")).keep("a"));
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void twoCallsOfOneKeyDoNotDisturbEachOther() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            CompletableFuture<ExchangeResult> one =
                    calls.begin(Calls.get(server.url("/")).keep("a"));
            CompletableFuture<ExchangeResult> two =
                    calls.begin(Calls.get(server.url("/")).keep("a"));
            assertThat(Calls.text(Calls.await(one))).isEqualTo("ok");
            assertThat(Calls.text(Calls.await(two))).isEqualTo("ok");
        }
    }
}
