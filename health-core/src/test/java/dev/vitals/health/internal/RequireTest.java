package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireTest {
    @ParameterizedTest
    @CsvSource({
        "https://monitor:Sommer2026!@web1.example.com/healthz, https://***@web1.example.com/healthz",
        "http://h/?any=abc, http://h/?...",
        "http://u:p?w@h/, http://***",
        "password=abc, password=***",
        "my-app, my-app",
    })
    void aRefusedValueIsShownWithoutItsSecret(String value, String shown) {
        assertThat(Require.shown(value)).isEqualTo("'" + shown + "'");
    }
}
