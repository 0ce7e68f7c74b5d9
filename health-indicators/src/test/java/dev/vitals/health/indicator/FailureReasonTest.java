package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Received fatal alert: protocol_version | no common TLS version",
                "The server selected protocol version TLS10 is not accepted by client preferences [TLS13, TLS12] | no common TLS version",
                "No appropriate protocol (protocol is disabled) | no common TLS version",
                "Received fatal alert: handshake_failure | handshake_failure: a client certificate may be required, or no TLS version or cipher is common",
                "Received fatal alert: certificate_required | certificate_required: a client certificate is required",
                "Received fatal alert: internal_error | internal_error",
                "secret text | SSLHandshakeException"
            })
    void aRefusedHandshakeNamesItsLikelyReasons(String message, String reason) {
        assertThat(FailureReason.of(new SSLHandshakeException(message))).isEqualTo("TLS failed (" + reason + ")");
    }
}
