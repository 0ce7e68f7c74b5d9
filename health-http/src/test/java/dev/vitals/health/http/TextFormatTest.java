package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\u2029", "\n", "\r\n", "\u000b", "\f", "\u001b[2K\r", "\u202e"})
    void everyCheckHasExactlyOneLine(String separator) {
        ManualScheduler time = new ManualScheduler();
        String text = "slow" + separator + "payments fail";
        try (Health health =
                time.health().check("stock", () -> Outcome.warning(text)).start()) {
            time.advance(Duration.ofSeconds(1));
            HealthEndpoint endpoint = HealthEndpoint.builder(health)
                    .details(DetailVisibility.ALWAYS)
                    .build();

            for (String path : new String[] {"/_health?verbose", "/_system/check/stock?verbose"}) {
                String body = InMemory.exchange(endpoint, "GET", path, Map.of()).body();
                assertThat(body).startsWith("stock warn: slow ").endsWith("payments fail\nwarn\n");
                assertThat(body.chars().filter(c -> c < ' ' || (c > '~' && c != 0xfffd)))
                        .containsExactly((int) '\n', (int) '\n');
            }
        }
    }
}
