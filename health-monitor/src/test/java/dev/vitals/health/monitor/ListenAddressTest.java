package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses on which a monitor is asked to listen, or to be announced. */
class ListenAddressTest {
    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> ListenAddress.check("127.0.0.1", port))
                    .hasMessage("port " + port + " on 127.0.0.1 is in use");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 192.0.2.7",
        "::, 192.0.2.7",
        "192.0.2.7, 192.0.2.7",
        "127.0.0.1, 127.0.0.2",
        "localhost, 127.0.0.1"
    })
    void anAddressThatIsListenedOnMayBeAnnounced(String host, String announced) throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getByName(announced));
        assertThatCode(() -> ListenAddress.checkAnnounced(host, addresses)).doesNotThrowAnyException();
    }

    @Test
    void anotherAddressIsNotAnnounced() throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("192.0.2.7"));
        assertThatThrownBy(() -> ListenAddress.checkAnnounced("127.0.0.1", addresses))
                .isInstanceOf(IOException.class)
                .hasMessage("the monitor listens on 127.0.0.1 only, so it cannot be announced on 192.0.2.7;"
                        + " let it listen there, or on 0.0.0.0");
    }
}
