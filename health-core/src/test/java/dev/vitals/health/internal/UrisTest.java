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
    void aQueryIsLeftOut() {
        assertThat(Uris.withoutQuery("http://h/x?k=v")).isEqualTo("http://h/x?...");
        assertThat(Uris.withoutQuery("/x?k=v")).isEqualTo("/x?...");
        assertThat(Uris.withoutQuery("http://h/x")).isEqualTo("http://h/x");
        assertThat(Uris.withoutQuery("is it up? yes")).isEqualTo("is it up? yes");
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://my_service:8080/health, my_service, 8080",
                "https://my_service/, my_service, 443",
                "http://3f2a9c1b:81, 3f2a9c1b, 81",
                "http://example.com, example.com, 80",
                "http://[::1]:7/, [::1], 7",
                "http://127.1/, -, 80",
                "http://a.0x7f/, -, 80",
                "http://user@my_service/, -, 80",
                "mailto:x, -, 80"
            })
    void knowsTheNamesThatResolversFind(String uri, String host, int port) {
        assertThat(Uris.host(URI.create(uri))).isEqualTo(host);
        assertThat(Uris.port(URI.create(uri))).isEqualTo(port);
    }
}
