package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> NAMES = List.of("serve", "config", "plan", "--port", "--data", "--forget-after");

    @ParameterizedTest
    @CsvSource({
        "sreve, serve",
        "server, serve",
        "SERVE, serve",
        "plna, plan",
        "--prot, --port",
        "--ports, --port",
        "--forgetafter, --forget-after",
        "--forgot-aftr, --forget-after",
        "watch,",
        "--colour,",
        "p,",
        "'',"
    })
    void findsWhatWasMostLikelyMeant(String typed, String meant) {
        assertThat(DidYouMean.of(typed, NAMES).orElse(null)).isEqualTo(meant);
    }
}
