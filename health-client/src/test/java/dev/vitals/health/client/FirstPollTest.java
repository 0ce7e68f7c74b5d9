package dev.vitals.health.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstPollTest {
    private static @Nullable String trouble(String body) {
        return FirstPoll.trouble(body.getBytes(UTF_8));
    }

    @Test
    void saysWhatStoppedThePollAndWhere() {
        assertThat(
                        trouble(
                                "{\"firstPoll\":{\"code\":\"ERROR\",\"message\":\"connection refused\",\"address\":\"10.0.0.7:80\"}}"))
                .isEqualTo("connection refused (10.0.0.7:80)");
        assertThat(trouble("{\"firstPoll\":{\"code\":\"ERROR\",\"message\":\"unknown host\"}}"))
                .isEqualTo("unknown host");
    }

    @Test
    void hasNothingToSayOfAPollThatCameThroughOrIsNotTold() {
        assertThat(trouble("{\"firstPoll\":{\"code\":\"WARNING\",\"message\":\"slow\"}}"))
                .isNull();
        assertThat(trouble("{\"app\":\"orders\"}")).isNull();
        assertThat(trouble("<html>")).isNull();
        assertThat(trouble("")).isNull();
    }
}
