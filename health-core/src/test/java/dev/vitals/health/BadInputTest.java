package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.vitals.health.testkit.ManualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are refused: the message names the field, the value and the bounds, and no check is registered. */
class BadInputTest {
    static Stream<Arguments> options() {
        return Stream.of(
                refused(c -> c.interval(Duration.ofMillis(99)), "interval must be from 100ms to 24h, was 99ms"),
                refused(c -> c.interval(Duration.ofHours(25)), "interval must be from 100ms to 24h, was 25h"),
                refused(c -> c.timeout(Duration.ZERO), "timeout must be from 1ms to 60m, was 0s"),
                refused(c -> c.timeout(Duration.ofSeconds(-1)), "timeout must be from 1ms to 60m, was -1s"),
                refused(c -> c.initialDelay(Duration.ofNanos(-1)), "initialDelay must be from 0s to 24h"),
                refused(c -> c.maxAge(Duration.ZERO), "maxAge must be from 1ms to 30d, was 0s"),
                refused(c -> c.failureThreshold(0), "failureThreshold must be from 1 to 1000, was 0"),
                refused(c -> c.successThreshold(1_001), "successThreshold must be from 1 to 1000, was 1001"),
                refused(c -> c.groups("a:b"), "group must match [A-Za-z0-9._-]{1,100}, was 'a:b'"),
                refused(c -> c.groups(""), "group must match [A-Za-z0-9._-]{1,100}, was ''"),
                refused(c -> c.componentType(" "), "componentType must have 1 to 100 characters, was ' '"),
                refused(c -> c.link("a b", URI.create("x")), "relation must match"));
    }

    private static Arguments refused(Consumer<CheckOptions> setting, String message) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void refusesOptionsOutOfBounds(String message, Consumer<CheckOptions> setting) {
        try (Health health = Health.builder().scheduler(new ManualScheduler()).start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("c", Outcome::ok, setting))
                    .withMessageStartingWith(message);
            assertThat(health.report().checks()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a/b", "näme", "a\nb", "a b"})
    void refusesInvalidNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.builder().check(name, Outcome::ok))
                .withMessageStartingWith("name must match [A-Za-z0-9._-]{1,100}, was '");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.builder().check("x".repeat(101), Outcome::ok))
                .withMessageEndingWith("x'");
    }

    @Test
    void refusesNamesThatAreInUse() {
        String message = "name must be unique, was 'c', which is registered already";
        HealthBuilder builder =
                Health.builder().scheduler(new ManualScheduler()).check("c", Outcome::ok);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.handler("c", () -> {}))
                .withMessage(message);
        try (Health health = builder.start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> health.register("c", Outcome::ok))
                    .withMessage(message);
            assertThat(health.report().checks()).hasSize(1);
        }
    }

    @Test
    void refusesBuilderValuesOutOfBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.builder().jitter(0.6))
                .withMessage("jitter must be from 0.0 to 0.5, was 0.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.builder().jitter(Double.NaN))
                .withMessageContaining("was NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Health.builder().service("", "1"))
                .withMessage("serviceId must have 1 to 500 characters, was ''");
        assertThatNullPointerException()
                .isThrownBy(() -> Health.builder().check("c", null))
                .withMessage("check");
        assertThatNullPointerException()
                .isThrownBy(() -> Health.builder().executor(null))
                .withMessage("executor");
    }

    @Test
    void refusesToRegisterAfterClose() {
        Health health = Health.builder().scheduler(new ManualScheduler()).start();
        health.close();
        health.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> health.register("c", Outcome::ok))
                .withMessageContaining("'c'");
    }
}
