package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeTextTest {
    @Test
    void textThatTheLocaleCannotHandOverDoesNotFit() {
        assertThat(NativeText.fits("\u00dcbung", US_ASCII)).isFalse();
        assertThat(NativeText.fits("\u00dcbung", UTF_8)).isTrue();
        assertThat(NativeText.fits("plain", US_ASCII)).isTrue();
        assertThat(NativeText.bound(US_ASCII)).contains("US-ASCII", "LC_ALL=C.UTF-8");
    }
}
