package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.Require;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceNameTest {
    @Test
    void isTheGivenOne() {
        InstanceName name = new InstanceName("blue");
        assertThat(name.of(URI.create("http://localhost:1"))).isEqualTo("blue");
        assertThat(name.known()).contains("blue");
    }

    @Test
    void isMadeOnce() {
        InstanceName name = new InstanceName(null);
        assertThat(name.known()).isEmpty();
        String made = name.of(URI.create("https://localhost"));
        assertThat(made).endsWith("-443").matches(Require.NAME_PATTERN);
        assertThat(name.of(URI.create("http://localhost:8081"))).isEqualTo(made);
        assertThat(name.known()).contains(made);
    }

    @ParameterizedTest
    @CsvSource({"m1.example.org, m1.example.org-8080", "[::1], -1--8080", "Büro 7, B-ro-7-8080", "'', -8080"})
    void replacesForbiddenCharacters(String host, String name) {
        assertThat(InstanceName.made(host, 8_080)).isEqualTo(name).matches(Require.NAME_PATTERN);
    }

    @Test
    void isCutAtTheHost() {
        assertThat(InstanceName.made("h".repeat(255), 65_535))
                .endsWith("h-65535")
                .matches(Require.NAME_PATTERN);
    }
}
