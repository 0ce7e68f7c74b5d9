package dev.vitals.health.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.monitor.address.AddressGuard;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private static final URI URL = URI.create("http://host/path");

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/", "host/path", "http:///path", "mailto:a@b", "/path"})
    void refusesOtherUrlsThanHttp(String url) {
        assertThatThrownBy(() -> HttpCall.get(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url must be an absolute http or https URL with a host, was " + url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://host, host, 80, host",
        "https://host/x, host, 443, host",
        "HTTP://host:8080, host, 8080, host:8080",
        "https://[::1]:8443/, ::1, 8443, [::1]:8443",
        "http://[::1], ::1, 80, [::1]"
    })
    void takesTheOriginFromTheUrl(String url, String host, int port, String authority) {
        RequestTarget.Origin origin = HttpCall.get(URI.create(url)).origin;
        assertThat(origin.host()).isEqualTo(host);
        assertThat(origin.port()).isEqualTo(port);
        assertThat(origin.authority()).isEqualTo(authority);
    }

    @Test
    void refusesHeadersThatWouldInjectOthers() {
        assertThatThrownBy(() -> HttpCall.get(URL).header("A: b\r\nC", "d"))
                .hasMessageStartingWith("header must have a token as its name");
        for (String value : new String[] {"a\r\nB: c", "a\nb", "a\0b", "\u0100", "x".repeat(8_001)}) {
            assertThatThrownBy(() -> HttpCall.get(URL).header("A", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("header A must have up to 8000 characters of Latin-1, without control characters");
        }
        HttpCall full = HttpCall.get(URL);
        for (int i = 0; i < 50; i++) {
            full.header("A" + i, "b");
        }
        assertThatThrownBy(() -> full.header("A", "b")).hasMessage("headers must be up to 50");
    }

    @Test
    void refusesValuesOutOfTheirBounds() {
        HttpCall call = HttpCall.get(URL);
        assertThatThrownBy(() -> call.timeout(Duration.ZERO)).hasMessageStartingWith("timeout must be from");
        assertThatThrownBy(() -> call.maxBodyBytes(-1)).hasMessageStartingWith("maxBodyBytes must be from 0");
        assertThatThrownBy(() -> call.redirects(6)).hasMessage("redirects must be from 0 to 5, was 6");
        assertThatThrownBy(() -> new TcpCall("host", 0, Duration.ofSeconds(1), AddressGuard.NONE))
                .hasMessage("port must be from 1 to 65535, was 0");
    }
}
