package dev.vitals.health.monitor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFilterTest {
    private static final WatchedTarget ILL = Watched.target(
            "orders/O1", State.UNHEALTHY, "Connection refused", Map.of("env", "Prod", "machine", "m3", "path", "a=b"));

    private static boolean matches(String text, WatchedTarget watched) {
        return TargetFilter.of(text).test(watched);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ",",
                "orders",
                "ORDERS/o1",
                "refused",
                "prod",
                "env=prod",
                "ENV=PROD machine=m3",
                "env=prod,machine=m3,orders",
                "path=a=b",
                "unhealthy",
                "failing",
                "rders/o"
            })
    void everyWordMatches(String text) {
        assertThat(matches(text, ILL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billing",
                "env=pro",
                "env=",
                "env=test",
                "orders billing",
                "healthy",
                "unknown",
                "=prod",
                "x=prod"
            })
    void oneWordThatDoesNotMatchIsEnough(String text) {
        assertThat(matches(text, ILL)).isFalse();
    }

    @Test
    void theNameOfAStateIsAboutTheState() {
        WatchedTarget well = Watched.target("healthy/unhealthy", State.HEALTHY, "fine", Map.of());
        assertThat(matches("healthy", well)).isTrue();
        assertThat(matches("unhealthy", well)).isFalse();
        assertThat(matches("failing", well)).isFalse();
        assertThat(matches("failing", Watched.target("a/b", State.UNKNOWN, "", Map.of())))
                .isTrue();
    }

    @Test
    void nothingIsAnEmptyFilterAndALongTextIsCut() {
        assertThat(TargetFilter.of(null).isEmpty()).isTrue();
        assertThat(TargetFilter.of(" \t ").isEmpty()).isTrue();
        assertThat(TargetFilter.of("a".repeat(1_000)).text()).hasSize(TargetFilter.MAX);
    }
}
