package dev.vitals.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final Properties given = new Properties();

    @Test
    void hasTheDocumentedDefaults() {
        Settings settings = Settings.of(given);

        assertThat(settings.port(App.MONITOR)).isEqualTo(8180);
        assertThat(settings.port(App.ORDERS)).isEqualTo(8080);
        assertThat(settings.port(App.INVENTORY)).isEqualTo(8081);
        assertThat(settings.directory()).endsWithRaw(Path.of("target", "demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "65536", "99999999999", "80a", " 80", "8e3"})
    void refusesBadPorts(String value) {
        given.setProperty("orders.port", value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(given))
                .withMessage("-Dorders.port must be a number from 1 to 65535, was '" + value + "'");
    }

    @Test
    void refusesOnePortForTwoApps() {
        given.setProperty("inventory.port", "8180");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(given))
                .withMessage("-Dmonitor.port and -Dinventory.port must differ, both are 8180");
    }
}
