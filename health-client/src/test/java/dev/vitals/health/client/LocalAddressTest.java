package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {
    private static final URI REMOTE = URI.create("http://192.0.2.7:8090");
    private static final URI LOCAL = URI.create("http://127.0.0.1:8090");

    private final LocalAddress address = new LocalAddress(remote -> {
        assertThat(remote).isEqualTo(new InetSocketAddress("192.0.2.7", 8_090));
        return InetAddress.getByName("198.51.100.3");
    });

    private String seen(URI monitor, String url) throws IOException {
        return address.seenFrom(monitor, URI.create(url)).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.0.1.1", "0.0.0.0", "[::1]", "[::]"})
    void replacesLoopbackAndWildcardHosts(String host) throws IOException {
        assertThat(seen(REMOTE, "http://" + host + ":8080/shop")).isEqualTo("http://198.51.100.3:8080/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app.invalid:8080", "https://10.0.0.5", "http://[2001:db8::1]:80/a%20b"})
    void leavesOtherHostsAlone(String url) throws IOException {
        assertThat(seen(REMOTE, url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "https://[::1]:8443/x"})
    void keepsTheLoopbackForAMonitorOnIt(String url) throws IOException {
        assertThat(seen(LOCAL, url)).isEqualTo(url);
    }

    @Test
    void leavesOutAPortThatIsNotWritten() throws IOException {
        assertThat(seen(REMOTE, "http://localhost")).isEqualTo("http://198.51.100.3");
    }

    @Test
    void asksTheRoutingTable() throws IOException {
        URI seen = LocalAddress.ofHost().seenFrom(LOCAL, URI.create("http://0.0.0.0:8080"));
        assertThat(seen).hasToString("http://127.0.0.1:8080");
    }

    @ParameterizedTest
    @CsvSource({"http://192.0.2.7, 80", "https://192.0.2.7, 443", "https://192.0.2.7:1, 1"})
    void asksForTheRouteToTheMonitorsPort(URI monitor, int port) throws IOException {
        LocalAddress six = new LocalAddress(remote -> {
            assertThat(remote.getPort()).isEqualTo(port);
            byte[] bytes = InetAddress.getByName("2001:db8::5").getAddress();
            return Inet6Address.getByAddress("own", bytes, 3);
        });
        URI seen = six.seenFrom(monitor, URI.create("http://localhost:8080"));
        assertThat(seen).hasToString("http://[2001:db8:0:0:0:0:0:5]:8080");
    }

    @Test
    void failsIfTheMonitorIsUnknown() {
        assertThatThrownBy(() -> seen(URI.create("http://monitor.invalid"), "http://localhost"))
                .isInstanceOf(UnknownHostException.class);
    }
}
