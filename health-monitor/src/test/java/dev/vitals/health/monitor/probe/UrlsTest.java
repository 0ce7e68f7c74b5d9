package dev.vitals.health.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.Urls;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
    private static Fields fields(String name, String value) {
        return Fields.of(Map.of(name, value), Naming.CAMEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://my_service:8080/health",
                "http://_dmarc.example",
                "http://3f2a9c1b/",
                "https://[2001:db8::1]:8443/",
                "http://example.com/gr\u00fc\u00df?q=\u00fc",
                "http://example.com/a%20b"
            })
    void takesAUrlWhoseHostCanBeResolved(String url) {
        Fields fields = fields("url", url);
        assertThat(Urls.read(fields, Urls.URL, Urls::isUrl)).isEqualTo(url);
        assertThat(fields.errors().errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "http://x/?q=a|b; '|' must be written as %7C",
                "http://x/?a={x}; '{' must be written as %7B",
                "http://x/a b; ' ' must be written as %20",
                "http://x/%zz; '%' must be written as %25 unless two hexadecimal digits follow it",
                "http://m\u00fcnchen.example/; '\u00fc' must not be in the host, which is xn--mnchen-3ya.example in ASCII"
            })
    void aRefusalNamesTheCharacter(String url, String why) {
        Fields fields = fields("url", url);
        assertThat(Urls.read(fields, Urls.URL, Urls::isUrl)).isEmpty();
        List<FieldError> errors = fields.errors().errors();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).bound()).isEqualTo(Urls.URL + "; " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.1/", "http://0x7f.1/", "ftp://x/", "http:///", "x"})
    void refusesWhatIsNoUrlWithAHost(String url) {
        Fields fields = fields("url", url);
        assertThat(Urls.read(fields, Urls.URL, Urls::isUrl)).isEmpty();
        assertThat(fields.errors().errors()).hasSize(1);
    }

    @Test
    void aRefusalOfAPathNamesTheCharacter() {
        Fields fields = fields("healthPath", "/a|b");
        assertThat(Urls.readPath(fields, "healthPath", Urls.PATH, Urls::isPath)).isNull();
        assertThat(fields.errors().errors().get(0).bound()).endsWith("'|' must be written as %7C");
    }

    @ParameterizedTest
    @CsvSource({"[::1], ::1", "::1, ::1", "my_db, my_db", "192.0.2.1, 192.0.2.1"})
    void anIpv6AddressMayHaveBrackets(String given, String host) {
        Fields fields = fields("host", given);
        assertThat(Urls.readHost(fields)).isEqualTo(host);
        assertThat(fields.errors().errors()).isEmpty();
    }
}
