package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import dev.vitals.health.monitor.net.Failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {
    private static NetClient.Settings settings(int maxOpen, int maxKept, Duration maxAge) {
        return new NetClient.Settings(maxOpen, maxKept, maxAge, Duration.ofMinutes(10), InetAddress::getAllByName);
    }

    @Test
    void isReusedOnlyForTheSameKey() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            ExchangeResult first = calls.http(Calls.get(server.url("/")).keep("a"));
            ExchangeResult second = calls.http(Calls.get(server.url("/else")).keep("a"));
            assertThat(first.timings().kept()).isFalse();
            assertThat(second.timings().kept()).isTrue();
            assertThat(second.timings().connecting()).isEmpty();
            assertThat(second.timings().address()).isEqualTo(first.timings().address());
            assertThat(server.connections()).isEqualTo(1);
            ExchangeResult other = calls.http(Calls.get(server.url("/")).keep("b"));
            assertThat(other.timings().kept()).isFalse();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void isReplacedIfTheServerClosedIt() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(RawServer.ok("ok"));
                })) {
            for (int i = 0; i < 20; i++) {
                assertThat(calls.body(Calls.get(server.url("/")).keep("a"))).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(20);
        }
    }

    @Test
    void isReplacedIfTheServerClosesItUnderTheNextRequest() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(RawServer.ok("ok"));
                    // The next request gets no answer.
                    connection.readHead();
                    if (connection.number % 2 == 0) {
                        connection.reset();
                    }
                })) {
            for (int i = 0; i < 6; i++) {
                assertThat(calls.body(Calls.get(server.url("/")).keep("a"))).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(6);
        }
    }

    @Test
    void aNewConnectionThatIsClosedIsAFailure() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    if (connection.number == 1) {
                        connection.write(RawServer.ok("ok"));
                        connection.readHead();
                    }
                })) {
            HttpCall call = Calls.get(server.url("/")).keep("a");
            assertThat(calls.body(call)).isEqualTo("ok");
            assertThat(calls.failure(call).reason()).isEqualTo(Reason.CLOSED);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void isClosedIfTheServerAsksForIt() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(
                        RawServer.always("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))) {
            calls.body(Calls.get(server.url("/")).keep("a"));
            Await.until("it is closed", () -> server.open() == 0);
            assertThat(calls.http(Calls.get(server.url("/")).keep("a"))
                            .timings()
                            .kept())
                    .isFalse();
        }
    }

    @Test
    void isReplacedIfTheCallerAsksForItOrForgetsIt() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            calls.body(Calls.get(server.url("/")).keep("a"));
            calls.body(Calls.get(server.url("/")).keep("a").fresh());
            assertThat(server.connections()).isEqualTo(2);
            calls.body(Calls.get(server.url("/")).keep("a"));
            assertThat(server.connections()).isEqualTo(2);
            calls.client.forget("a");
            calls.body(Calls.get(server.url("/")).keep("a"));
            assertThat(server.connections()).isEqualTo(3);
            Await.until("the others are closed", () -> server.open() == 1);
        }
    }

    @Test
    void isReplacedAfterAFailure() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    while (connection.readHead()) {
                        if (connection.asked("/mute")) {
                            connection.waitForEnd();
                            return;
                        }
                        connection.write(RawServer.ok("ok"));
                    }
                })) {
            calls.body(Calls.get(server.url("/")).keep("a"));
            HttpCall hurried = HttpCall.get(server.url("/mute")).keep("a").timeout(Duration.ofMillis(300));
            assertThat(calls.failure(hurried).reason()).isEqualTo(Reason.TIMED_OUT);
            Await.until("its connections are closed", () -> server.open() == 0);
            int before = server.connections();
            calls.body(Calls.get(server.url("/")).keep("a"));
            assertThat(server.connections()).isEqualTo(before + 1);
        }
    }

    @Test
    void isNotKeptBeyondItsAge() throws IOException {
        try (Calls calls = new Calls(settings(100, 100, Duration.ofNanos(1)));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int i = 0; i < 3; i++) {
                calls.body(Calls.get(server.url("/")).keep("a"));
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void isNotUsedForAnotherServerOrOtherTrust() throws IOException {
        try (Calls calls = new Calls();
                RawServer one = new RawServer(RawServer.always(RawServer.ok("one")));
                RawServer two = new RawServer(RawServer.always(RawServer.ok("two")))) {
            assertThat(calls.body(Calls.get(one.url("/")).keep("a"))).isEqualTo("one");
            assertThat(calls.body(Calls.get(two.url("/")).keep("a"))).isEqualTo("two");
            TlsSettings other = TlsSettings.builder().insecure().build();
            calls.body(Calls.get(two.url("/")).keep("a").tls(other));
            assertThat(two.connections()).isEqualTo(2);
        }
    }

    @Test
    void isClosedAfterAnUnexpectedMessage() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    connection.write(RawServer.ok("ok"));
                    connection.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                    connection.waitForEnd();
                })) {
            for (int i = 0; i < 3; i++) {
                assertThat(calls.body(Calls.get(server.url("/")).keep("a"))).isEqualTo("ok");
                Await.until("it is closed", () -> server.open() == 0);
            }
        }
    }

    @Test
    void isNotKeptWithoutASlot() throws IOException {
        try (Calls calls = new Calls(settings(100, 2, Duration.ofMinutes(10)));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int round = 0; round < 3; round++) {
                for (String key : List.of("a", "b", "c", "d")) {
                    assertThat(calls.body(Calls.get(server.url("/")).keep(key))).isEqualTo("ok");
                }
            }
            // Two are kept; the requests of the other two announce the close.
            assertThat(server.connections()).isEqualTo(2 + 3 * 2);
            assertThat(server.heads().stream().filter(head -> head.contains("Connection: close")))
                    .hasSize(3 * 2);
            calls.client.forget("a");
            calls.body(Calls.get(server.url("/")).keep("c"));
            assertThat(calls.http(Calls.get(server.url("/")).keep("c"))
                            .timings()
                            .kept())
                    .isTrue();
        }
    }

    @Test
    void isClosedToMakeRoomForANewConnection() throws IOException {
        try (Calls calls = new Calls(settings(2, 2, Duration.ofMinutes(10)));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")));
                RawServer mute = new RawServer(RawServer.Connection::waitForEnd)) {
            calls.body(Calls.get(server.url("/")).keep("a"));
            calls.body(Calls.get(server.url("/")).keep("b"));
            List<CompletableFuture<ExchangeResult>> waiting = new ArrayList<>();
            waiting.add(calls.begin(Calls.get(mute.url("/")).timeout(Duration.ofSeconds(5))));
            waiting.add(calls.begin(Calls.get(mute.url("/")).timeout(Duration.ofSeconds(5))));
            Failure failure = calls.failure(Calls.get(server.url("/")).keep("c"));
            assertThat(failure.reason()).isEqualTo(Reason.NOT_TRIED);
            assertThat(failure.message()).isEqualTo("all 2 connections are in use; raise the limit of open files");
            for (CompletableFuture<ExchangeResult> call : waiting) {
                assertThat(Calls.await(call).failure().orElseThrow().reason()).isEqualTo(Reason.TIMED_OUT);
            }
            assertThat(calls.body(Calls.get(server.url("/")).keep("c"))).isEqualTo("ok");
        }
    }

    @Test
    void servesThousandsOfCallsAtOnce() throws IOException {
        int targets = 2_000;
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (int round = 0; round < 2; round++) {
                List<CompletableFuture<ExchangeResult>> begun = new ArrayList<>();
                for (int i = 0; i < targets; i++) {
                    begun.add(calls.begin(Calls.get(server.url("/" + i)).keep(i)));
                }
                begun.forEach(call -> assertThat(Calls.text(Calls.await(call))).isEqualTo("ok"));
            }
            assertThat(server.connections()).isEqualTo(targets);
        }
    }

    @Test
    void closingFailsTheRunningCalls() throws IOException {
        try (RawServer mute = new RawServer(RawServer.Connection::waitForEnd)) {
            Calls calls = new Calls();
            CompletableFuture<ExchangeResult> call = calls.begin(Calls.get(mute.url("/")));
            Await.until("it is connected", () -> mute.open() == 1);
            calls.close();
            Failure failure = Calls.await(call).failure().orElseThrow();
            assertThat(failure.message()).isEqualTo("the monitor is closing");
            assertThat(calls.failure(Calls.get(mute.url("/"))).reason()).isEqualTo(Reason.NOT_TRIED);
            Await.until("its connection is closed", () -> mute.open() == 0);
        }
    }
}
