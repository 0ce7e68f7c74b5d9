package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.net.Timings.Phase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences of failures; the other tests check reasons and phases. */
class FailureTest {
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    @ParameterizedTest
    @CsvSource({
        "WAITING, not started within 2.5 s",
        "RESOLVING, no address for host app within 2.5 s",
        "CONNECTING, no connection within 2.5 s",
        "SECURING, no TLS handshake within 2.5 s",
        "ANSWERING, no answer within 2.5 s",
        "READING, no answer within 2.5 s"
    })
    void aTimeoutNamesWhatIsMissing(Phase phase, String message) {
        assertThat(Failure.timedOut(phase, "app", TIMEOUT))
                .isEqualTo(new Failure(Failure.Reason.TIMED_OUT, phase, message));
    }

    @ParameterizedTest
    @CsvSource({
        "SECURING, the connection was closed during the TLS handshake",
        "ANSWERING, the connection was closed without a response",
        "READING, the connection was closed in the middle of the response"
    })
    void aClosedConnectionNamesThePhase(Phase phase, String message) {
        assertThat(Failure.closed(phase)).isEqualTo(new Failure(Failure.Reason.CLOSED, phase, message));
        assertThat(Failure.of(new IOException("reset"), phase, "app")).isEqualTo(Failure.closed(phase));
    }

    @Test
    void aHostIsUnknown() {
        assertThat(Failure.unknownHost("app").message()).isEqualTo("host app is unknown");
    }

    @Test
    void anAddressIsNotAllowed() {
        assertThat(Failure.blocked("it is\nloopback").message()).isEqualTo("not allowed: it is loopback");
    }

    @Test
    void aResponseIsNotHttp() {
        assertThat(Failure.invalidHttp(Phase.ANSWERING, null).message()).isEqualTo("the response is not valid HTTP");
    }

    @Test
    void aConnectionIsRefused() {
        assertThat(Failure.connecting(new ConnectException("Connection refused"), "app"))
                .isEqualTo(new Failure(Failure.Reason.REFUSED, Phase.CONNECTING, "connection refused"));
    }

    @Test
    void aConnectionIsReset() {
        assertThat(Failure.connecting(new IOException("Connection reset by peer: /127.0.0.1:18643"), "app"))
                .isEqualTo(new Failure(Failure.Reason.CLOSED, Phase.CONNECTING, "connection reset"));
    }

    @ParameterizedTest
    @CsvSource({
        "Received fatal alert: handshake_failure, handshake_failure",
        "Received fatal alert: protocol_version, protocol_version",
        "The server selected protocol version TLS10 is not accepted by client preferences, no common TLS version",
        "Received fatal alert: unrecognized_name, unrecognized_name",
        "Received fatal alert: unknown_ca, client certificate",
        "Received fatal alert: certificate_required, client certificate"
    })
    void aRefusedHandshakeNamesItsLikelyReasons(String text, String word) {
        String message = Failure.of(new SSLHandshakeException(text), Phase.SECURING, "app")
                .message();
        assertThat(message).startsWith("TLS failed: ").contains(word).doesNotContain("fatal alert");
    }

    @Test
    void aHandshakeWithoutTextNamesTheMostLikelyReason() {
        assertThat(Failure.of(new SSLHandshakeException("Received fatal alert: handshake_failure"), Phase.SECURING, "a")
                        .message())
                .isEqualTo(
                        "TLS failed: the other side refused the handshake (handshake_failure): it may require a client"
                                + " certificate, or have no TLS version or cipher in common with the monitor");
    }

    @Test
    void aHostIsUnreachable() {
        assertThat(Failure.connecting(new NoRouteToHostException("no route"), "app"))
                .isEqualTo(new Failure(Failure.Reason.UNREACHABLE, Phase.CONNECTING, "no route to app"));
    }

    @Test
    void anyOtherExceptionIsQuotedInOneShortLine() {
        Failure failure = Failure.connecting(new IOException("a\r\nb" + "c".repeat(400)), "app");
        assertThat(failure.reason()).isEqualTo(Failure.Reason.OTHER);
        assertThat(failure.message()).startsWith("connection failed: a bc").hasSizeLessThan(330);
    }
}
