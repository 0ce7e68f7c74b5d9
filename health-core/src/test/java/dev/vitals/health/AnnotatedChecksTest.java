package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"unused", "UnusedMethod", "MethodCanBeStatic", "DoNotCallSuggester"}) // called by reflection
class AnnotatedChecksTest {
    private final ManualScheduler time = new ManualScheduler();

    static class Base {
        @Check(name = "inherited")
        private void inherited() {}
    }

    static final class Shop extends Base {
        @Check(
                name = "database",
                interval = "500ms",
                timeout = "1s",
                failureThreshold = 2,
                successThreshold = 3,
                groups = {"ready", "startup"},
                critical = false)
        Outcome database() {
            return Outcome.ok("up-to-date");
        }

        @Check(name = "stock")
        private boolean stock() {
            return false;
        }

        @Check(name = "raises")
        void raises() {
            throw new HealthCheckWarning("slow");
        }

        @Check(name = "throws")
        public Boolean fails() throws IOException {
            throw new IOException("secret");
        }

        @Check(name = "error")
        void error() {
            throw new StackOverflowError("secret");
        }

        @Check(name = "null")
        Outcome nothing() {
            return null;
        }
    }

    @Test
    void runsMethodsOfEachReturnType() {
        try (Health health = time.health().annotated(new Shop()).start()) {
            time.advance(Duration.ofMillis(200));
            assertThat(health.check("database").orElseThrow().outcome().message())
                    .contains("up-to-date");
            assertThat(health.check("stock").orElseThrow().outcome().toString())
                    .isEqualTo("ERROR: stock returned false");
            assertThat(health.check("raises").orElseThrow().state()).isEqualTo(State.DEGRADED);
            assertThat(health.check("throws").orElseThrow().output().orElseThrow())
                    .startsWith("failed unexpectedly: IOException");
            assertThat(health.check("error").orElseThrow().output().orElseThrow())
                    .startsWith("failed unexpectedly: StackOverflowError");
            assertThat(health.check("null").orElseThrow().output()).contains("returned no outcome");
            assertThat(health.check("inherited").orElseThrow().state()).isEqualTo(State.HEALTHY);
        }
    }

    @Test
    void takesAllValuesOfTheAnnotation() {
        try (Health health = time.health().annotated(new Shop()).start()) {
            CheckDefinition definition = health.check("database").orElseThrow().definition();
            assertThat(definition.interval()).isEqualTo(Duration.ofMillis(500));
            assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(definition.thresholds().machine().failureThreshold()).isEqualTo(2);
            assertThat(definition.thresholds().machine().successThreshold()).isEqualTo(3);
            assertThat(definition.groups()).containsExactly("ready", "startup");
            assertThat(definition.critical()).isFalse();
            CheckDefinition defaults = health.check("stock").orElseThrow().definition();
            assertThat(defaults.interval()).isEqualTo(CheckOptions.DEFAULT_INTERVAL);
            assertThat(defaults.timeout()).isEqualTo(CheckOptions.DEFAULT_TIMEOUT);
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        new Object() {
                            @Check(name = "x")
                            void takes(String argument) {}
                        },
                        ".takes: must have no parameters, has 1"),
                Arguments.of(
                        new Object() {
                            @Check(name = "x")
                            int counts() {
                                return 1;
                            }
                        },
                        ".counts: must return void, boolean or Outcome, returns int"),
                Arguments.of(
                        new Object() {
                            @Check(name = "a:b")
                            void named() {}
                        },
                        ".named: name must match"),
                Arguments.of(
                        new Object() {
                            @Check(name = "x", interval = "10 seconds")
                            void timed() {}
                        },
                        ".timed: interval must be a whole number with ms, s, m, h or d, such as 10s, was '10 seconds'"),
                Arguments.of(
                        new Object() {
                            @Check(name = "x", timeout = "0s")
                            void timed() {}
                        },
                        ".timed: timeout must be from 1ms to 60m, was 0s"),
                Arguments.of(
                        new Object() {
                            @Check(name = "x", failureThreshold = 0)
                            void counted() {}
                        },
                        ".counted: failureThreshold must be from 1 to 1000, was 0"),
                Arguments.of(new Wrong(), ".shared: must not be static"),
                Arguments.of("a string", "instance must have a method annotated with @Check, was of java.lang.String"));
    }

    static final class Wrong {
        @Check(name = "x")
        static void shared() {}
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void refusesMethodsThatCannotBeChecksAndNamesClassMethodAndReason(Object instance, String message) {
        HealthBuilder builder = time.health();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.annotated(instance))
                .withMessageContaining(message);
        try (Health health = builder.start()) {
            assertThat(health.report().checks()).isEmpty();
        }
    }
}
