package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpIndicatorTest {
    @Test
    void anOpenPortIsOkAndTheConnectionIsClosedAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Expect.ok(TcpIndicator.of("localhost", server.getLocalPort()).run());
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        int port = closedPort();
        Expect.error(
                TcpIndicator.of("127.0.0.1", port).run(),
                "cannot connect to 127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void aNameThatCannotBeResolvedIsAnUnknownHost() {
        String host = "a".repeat(64); // a label has 63 at most, so no name server is asked
        Expect.error(TcpIndicator.of(host, 80).run(), "cannot connect to " + host + ":80: unknown host");
    }

    @Test
    void aPortThatDoesNotAnswerIsGivenUpAtTheTimeout() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assumeTrue(fillBacklog(server, waiting), "this system accepts any number of connections");
            TcpIndicator check =
                    TcpIndicator.of("localhost", server.getLocalPort()).timeout(Duration.ofMillis(100));
            Expect.error(check.run(), "cannot connect to localhost:" + server.getLocalPort() + " within 100 ms");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void isAComponent() {
        assertThat(TcpIndicator.of("localhost", 80).componentType()).contains("component");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "db_1.internal", "10.0.0.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"})
    void namesAndAddressesAreHosts(String host) {
        assertThat(TcpIndicator.of(host, 5432)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "localhost:80", "user@db", "http://db", "[::1]", "a b"})
    void refusesOtherTextThanAHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpIndicator.of(host, 80))
                .withMessage("host must be a host name or an IP address of 1 to 253 characters, was '" + host + "'");
    }

    @Test
    void refusesPortsAndTimeoutsThatAreOutOfRange() {
        assertThatNullPointerException()
                .isThrownBy(() -> TcpIndicator.of(null, 80))
                .withMessage("host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpIndicator.of("db", 0))
                .withMessage("port must be from 1 to 65535, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpIndicator.of("db", 65_536))
                .withMessage("port must be from 1 to 65535, was 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpIndicator.of("db", 80).timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            return server.getLocalPort();
        }
    }

    private static boolean fillBacklog(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int count = 0; count < 5; count++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return true;
            }
        }
        return false;
    }
}
