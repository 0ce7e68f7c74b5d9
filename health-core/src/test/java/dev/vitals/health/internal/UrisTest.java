package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrisTest {
    @ParameterizedTest
    @CsvSource({
        "http://host, /a, http://host/a",
        "http://host/, /a, http://host/a",
        "http://host/, a, http://host/a",
        "http://host:80/b, a?c=d, http://host:80/b/a?c=d",
        "http://host/b%20c/, /%2F, http://host/b%20c/%2F",
        "http://host/b, /, http://host/b/",
    })
    void joinsWithOneSlash(String base, String path, String joined) {
        assertThat(Uris.join(base, path)).isEqualTo(URI.create(joined));
    }

    @Test
    void refusesWhatIsNotAUri() {
        assertThatIllegalArgumentException().isThrownBy(() -> Uris.join("http://host", "/a b"));
    }

    @ParameterizedTest
    @CsvSource({"http://host, 80", "https://host, 443", "HTTPS://host/, 443", "http://host:8080, 8080"})
    void knowsThePortOfTheScheme(URI uri, int port) {
        assertThat(Uris.port(uri)).isEqualTo(port);
    }

    @Test
    void makesAUriOfItsParts() {
        assertThat(Uris.of("https", "[::1]", 8443, "/a%20b")).isEqualTo(URI.create("https://[::1]:8443/a%20b"));
        assertThat(Uris.of("http", "host", -1, "")).isEqualTo(URI.create("http://host"));
    }
}
