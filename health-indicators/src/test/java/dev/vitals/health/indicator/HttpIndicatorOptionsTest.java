package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIndicatorOptionsTest {
    private final HttpIndicator check = HttpIndicator.of(URI.create("http://localhost:8080/_ping"));

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "HTTPS://h:443/x?y#z", "http://[::1]:80/", "http://127.0.0.1"})
    void takesHttpUrlsWithAHost(String uri) {
        assertThat(HttpIndicator.of(URI.create(uri))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
        ftp://h/x               | "uri must start with http:// or https://, had scheme 'ftp'"
        jdbc:x://u:secret@h/d   | "uri must start with http:// or https://, had scheme 'jdbc'"
        /_ping                  | "uri must start with http:// or https://, had scheme 'null'"
        http:///x               | "uri must have a host of letters, digits, dots and hyphens, was 'http:///x'"
        http:x                  | "uri must have a host of letters, digits, dots and hyphens, was 'http:x'"
        http://u:pa/ss@h/       | "uri must have a host of letters, digits, dots and hyphens, was 'http://***@h/'"
        http://my_app:80/       | "uri must have a host of letters, digits, dots and hyphens, was 'http://my_app:80/'"
        http://h:0/             | "uri's port must be from 1 to 65535, was 0"
        http://h:65536/         | "uri's port must be from 1 to 65535, was 65536"
        """, delimiter = '|')
    void refusesOtherUrls(String uri, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpIndicator.of(URI.create(uri)))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:secret@h:80/x", "http://secret@h:80/", "http://user:secret@my_app@h:80"})
    void refusesCredentialsInTheUrlAndDoesNotRepeatThem(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpIndicator.of(URI.create(uri)))
                .withMessageMatching("uri must not have user info, was 'http://\\*\\*\\*@h:80[/x]*'");
    }

    @Test
    void refusesUrlsThatAreTooLong() {
        URI uri = URI.create("http://h/" + "x".repeat(1_992));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpIndicator.of(uri))
                .withMessage("uri must have at most 2000 characters, has 2001");
        assertThatNullPointerException()
                .isThrownBy(() -> HttpIndicator.of(null))
                .withMessage("uri");
    }

    @Test
    void refusesStatusesTextsAndTimeoutsThatAreOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedStatus(99))
                .withMessage("expectedStatus must be from 100 to 599, was 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedStatus(600))
                .withMessage("expectedStatus must be from 100 to 599, was 600");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.bodyContains(""))
                .withMessage("bodyContains must have 1 to 1000 characters, was ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.bodyContains("x".repeat(1_001)))
                .withMessage("bodyContains must have 1 to 1000 characters, was '" + "x".repeat(120) + "...'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ofNanos(1)))
                .withMessage("timeout must be from 1ms to 60m, was PT0.000000001S");
    }

    @Test
    void refusesBadHeadersWithoutRepeatingTheirValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.header("X Y", "v"))
                .withMessage("header name must match [A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}, was 'X Y'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.header("Host", "elsewhere"))
                .withMessage("header name must not be one that the client sets, was 'Host'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.header("X", "secret\r\nY: z"))
                .withMessage("value of header X must have 1 to 4000 characters from space to tilde, "
                        + "had 12 characters (not shown)");
        assertThatNullPointerException()
                .isThrownBy(() -> check.header("X", null))
                .withMessage("value");
    }

    @Test
    void refusesBadRangesPointersAndValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedStatus(200, 600))
                .withMessage("expectedStatus must be from 100 to 599, was 600");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedStatusRange(99, 200))
                .withMessage("expectedStatus's from must be from 100 to 599, was 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectedStatusRange(300, 200))
                .withMessage("expectedStatus's from must be at most its to of 200, was 300");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.jsonPointer("status", "UP"))
                .withMessage("jsonPointer must start with '/', was 'status'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.jsonPointer("/s", "x".repeat(1_001)))
                .withMessage("expectedValue must have at most 1000 characters, was '" + "x".repeat(120) + "...'");
        assertThatNullPointerException()
                .isThrownBy(() -> check.sslContext(null))
                .withMessage("sslContext");
    }

    @Test
    void refusesBadCredentialsWithoutRepeatingThePassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.basicAuth("a:b", "secret"))
                .withMessage("user must not have a colon or control characters, was 'a:b'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.basicAuth("a", "secret\n"))
                .withMessage(
                        "password must have at most 1000 characters and no control characters, " + "had 7 (not shown)");
    }
}
