package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldErrorTest {
    @ParameterizedTest
    @CsvSource({
        "https://monitor:Sommer2026!@web1.example.com/healthz, https://***@web1.example.com/healthz",
        "https://monitor:Som/mer@2026@web1.example.com/healthz, https://***@web1.example.com/healthz",
        "monitor:Sommer2026!@web1/, ***@web1/",
        "https://monitor:Som m?r@2026 x@web1.example.com/, https://***@web1.example.com/",
        "http://web1/a?sig=abc&x=1, http://web1/a?...",
        "/health?token=abc, /health?...",
        "password=abc, password=***",
        "an ordinary text, an ordinary text",
    })
    void showsAValueWithoutItsSecret(String value, String shown) {
        assertThat(new FieldError("url", value, "a URL").value()).isEqualTo(shown);
    }

    @Test
    void showsNothingOfAFieldThatIsASecret() {
        assertThat(new FieldError("check.password", "abc", "text").value()).isEqualTo(Secret.MASK);
        assertThat(new FieldError("token", 12345678, "text").value()).isEqualTo(Secret.MASK);
        assertThat(new FieldError("password", null, "text").value()).isNull();
    }

    @Test
    void showsNothingOfASecretInsideAValue() {
        Object value = List.of(Map.of("password", "abc"), "x");
        assertThat(new FieldError("json", value, "text").value()).isEqualTo("[{password=***}, x]");
    }

    @Test
    void showsNoSecretInTheNameOfAField() {
        assertThat(new FieldError("https://u:p@host/", "x", "absent").field()).isEqualTo("https://***@host/");
    }

    @Test
    void keepsNumbersAndFlags() {
        assertThat(new FieldError("interval", 3, "more").value()).isEqualTo(3);
        assertThat(new FieldError("enabled", true, "false").value()).isEqualTo(true);
    }

    @Test
    void isOneLineAndShort() {
        assertThat(new FieldError("a", "x\ny" + "z".repeat(500), "b").value())
                .asString()
                .startsWith("x y")
                .hasSizeLessThan(210);
    }
}
