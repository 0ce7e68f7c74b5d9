package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Health;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A warning that a prober can tell from a pass by its code, as Consul does with 429. */
class WarningCodeTest {
    private static final String DRAFT = "application/health+json";

    private final Health health = ContractHealth.start(new ManualScheduler());

    @AfterEach
    void close() {
        health.close();
    }

    private static int code(HealthEndpoint endpoint, String path, String accept) {
        Exchange answer = InMemory.exchange(endpoint, "GET", path, Map.of("Accept", accept));
        return answer.code();
    }

    @Test
    void holdsForReportsAndOutcomesThatWarn() {
        HealthEndpoint endpoint =
                HealthEndpoint.builder(health).warningCode(429).build();

        assertThat(code(endpoint, "/_health/slow", "*/*")).isEqualTo(429);
        assertThat(code(endpoint, "/_health/slow", "text/plain")).isEqualTo(429);
        assertThat(code(endpoint, "/_health?exclude=warehouse", "*/*")).isEqualTo(429);
        assertThat(code(endpoint, "/_health", "*/*")).isEqualTo(503);
        assertThat(code(endpoint, "/_health/ready", "*/*")).isEqualTo(200);
        assertThat(code(endpoint, "/_system/check/payments", "*/*")).isEqualTo(429);
        assertThat(code(endpoint, "/_system/check/payments", DRAFT)).isEqualTo(429);
        assertThat(code(endpoint, "/_system/check/warehouse", "*/*")).isEqualTo(500);
    }

    @Test
    void canBeSetForOneGroup() {
        HealthEndpoint endpoint = HealthEndpoint.builder(health)
                .group("slow", group -> group.warningCode(429))
                .build();

        assertThat(code(endpoint, "/_health/slow", "*/*")).isEqualTo(429);
        assertThat(code(endpoint, "/_health?exclude=warehouse", "*/*")).isEqualTo(200);
        assertThat(code(endpoint, "/_system/check/payments", "*/*")).isEqualTo(500);
    }

    @Test
    void is200ByDefault() {
        HealthEndpoint endpoint = HealthEndpoint.of(health);

        assertThat(code(endpoint, "/_health/slow", "*/*")).isEqualTo(200);
        assertThat(code(endpoint, "/_system/check/payments", DRAFT)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 201, 204, 304, 399, 600, 0})
    void refusesACodeThatIsNoAnswer(int code) {
        String message = "warningCode must be 200 or from 400 to 599, was " + code;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthEndpoint.builder(health).warningCode(code))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthEndpoint.builder(health).group("slow", group -> group.warningCode(code)))
                .withMessage(message);
    }
}
