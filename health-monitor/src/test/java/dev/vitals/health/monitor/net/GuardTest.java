package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.net.Failure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The client connects only to addresses that the guard has checked. */
class GuardTest {
    private final List<InetSocketAddress> judged = new CopyOnWriteArrayList<>();

    private AddressGuard refusing(String... addresses) {
        return address -> {
            judged.add(address);
            return List.of(addresses).contains(address.getAddress().getHostAddress())
                    ? Optional.of(address.getAddress().getHostAddress() + " is of the house")
                    : Optional.empty();
        };
    }

    private static NetClient.Settings resolving(Resolver.Lookup lookup) {
        return new NetClient.Settings(100, 100, Duration.ofMinutes(10), Duration.ofMinutes(10), lookup);
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] found = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            found[i] = InetAddress.getByName(literals[i]);
        }
        return found;
    }

    @Test
    void doesNotConnectToARefusedAddress() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            ExchangeResult result = calls.http(Calls.get(server.url("/")).guard(refusing("127.0.0.1")));
            Failure failure = result.failure().orElseThrow();
            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
            assertThat(failure.message()).isEqualTo("not allowed: 127.0.0.1 is of the house");
            assertThat(result.timings().address().orElseThrow().getPort()).isEqualTo(server.port());
            TcpCall tcp = new TcpCall("127.0.0.1", server.port(), Duration.ofSeconds(20), refusing("127.0.0.1"));
            assertThat(calls.tcp(tcp).failure().orElseThrow().reason()).isEqualTo(Reason.BLOCKED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void skipsTheRefusedOneOfTwoAddresses() throws IOException {
        try (Calls calls = new Calls(resolving(host -> addresses("127.0.0.2", "127.0.0.1")));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            ExchangeResult result =
                    calls.http(Calls.get(server.url("app.example", "/")).guard(refusing("127.0.0.2")));
            assertThat(Calls.text(result)).isEqualTo("ok");
            assertThat(result.timings().address().orElseThrow().getAddress().getHostAddress())
                    .isEqualTo("127.0.0.1");
            assertThat(judged).hasSize(2);
            assertThat(server.heads().get(0)).contains("Host: app.example:" + server.port());
        }
    }

    @Test
    void triesTheNextAddressWhenOneRefusesTheConnection() throws IOException {
        // Nobody listens on ::1 and 127.0.0.3 at the server's port.
        try (Calls calls = new Calls(resolving(host -> addresses("::1", "127.0.0.3", "127.0.0.1")));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            assertThat(calls.body(Calls.get(server.url("app.example", "/")).guard(refusing())))
                    .isEqualTo("ok");
            assertThat(judged).hasSize(3);
        }
    }

    @Test
    void checksEachRedirect() throws IOException {
        try (Calls calls = new Calls(resolving(host -> addresses("127.0.0.2")));
                RawServer server = new RawServer(connection -> {
                    connection.readHead();
                    String inside = "http://inside.example/";
                    connection.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + inside + "\r\n\r\n");
                })) {
            Failure failure =
                    calls.failure(Calls.get(server.url("/")).redirects(5).guard(refusing("127.0.0.2")));
            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
            assertThat(judged).hasSize(2);
            assertThat(judged.get(1).getPort()).isEqualTo(80);
        }
    }

    @Test
    void connectsOnlyToAddressesThatWereChecked() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        try (RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")));
                Calls calls = new Calls(
                        resolving(host -> addresses(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2")))) {
            HttpCall call = Calls.get(server.url("app.example", "/")).guard(refusing("127.0.0.2"));
            for (int i = 0; i < 5; i++) {
                assertThat(calls.body(call)).isEqualTo("ok");
            }
            // The guard and the connection use the same lookup.
            assertThat(lookups).hasValue(1);
        }
    }

    @Test
    void checksAKeptConnectionAgain() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            assertThat(calls.body(Calls.get(server.url("/")).keep("a"))).isEqualTo("ok");
            Failure failure = calls.failure(Calls.get(server.url("/")).keep("a").guard(refusing("127.0.0.1")));
            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void checksEverySpellingOfAnAddress() throws IOException {
        try (Calls calls = new Calls();
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            for (String host : List.of("2130706433", "[::ffff:127.0.0.1]", "localhost")) {
                Failure failure =
                        calls.failure(Calls.get(server.url(host, "/")).guard(refusing("127.0.0.1", "0:0:0:0:0:0:0:1")));
                assertThat(failure.reason()).as(host).isEqualTo(Reason.BLOCKED);
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void triesAllAddressesOfAName() throws IOException {
        InetAddress[] many = new InetAddress[30];
        for (int i = 0; i < many.length - 1; i++) {
            many[i] = InetAddress.getByName("127.0.2." + (i + 1));
        }
        many[many.length - 1] = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (Calls calls = new Calls(resolving(host -> many));
                RawServer server = new RawServer(RawServer.always(RawServer.ok("ok")))) {
            assertThat(calls.body(Calls.get(server.url("app.example", "/")))).isEqualTo("ok");
            TcpCall tcp = new TcpCall("app.example", server.port(), Duration.ofSeconds(20), AddressGuard.NONE);
            assertThat(calls.tcp(tcp).succeeded()).isTrue();
        }
    }
}
