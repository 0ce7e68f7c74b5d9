package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.Health;
import dev.vitals.health.testkit.ManualScheduler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointBuilderTest {
    @ParameterizedTest
    @ValueSource(strings = {"health", "/health/", "/a b", "/"})
    void refusesPrefixesThatWouldNotMatch(String prefix) {
        try (Health health = Health.builder().scheduler(new ManualScheduler()).start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HealthEndpoint.builder(health).prefix(prefix))
                    .withMessageContaining("prefix must match")
                    .withMessageContaining("'" + prefix + "'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HealthEndpoint.builder(health).failureCode(200))
                    .withMessage("failureCode must be from 400 to 599, was 200");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HealthEndpoint.builder(health).outcomeFailureCode(600))
                    .withMessage("outcomeFailureCode must be from 400 to 599, was 600");
        }
    }
}
