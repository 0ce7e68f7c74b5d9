package dev.vitals.health.monitor.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SightTest {
    private final Sight sight = new Sight();
    private long now = 1;

    private void answered(int number) {
        IntStream.range(0, number).forEach(i -> sight.answered("h" + i, now));
    }

    private void silent(int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> assertThat(sight.silent("h" + i, now)).isTrue());
    }

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void mostHostsFallingSilentTogetherIsTheMonitorsFault() {
        answered(5);
        pass(10);
        silent(0, 2);
        assertThat(sight.lost(now)).isEmpty();
        silent(2, 3);
        assertThat(sight.lost(now)).hasValue("3 of 5 hosts stopped answering within 75 s");
    }

    @Test
    void oneAfterTheOtherIsTheirs() {
        answered(5);
        for (int i = 0; i < 5; i++) {
            pass(60);
            silent(i, i + 1);
            IntStream.range(i + 1, 5).forEach(other -> sight.answered("h" + other, now));
            assertThat(sight.lost(now)).isEmpty();
        }
    }

    @Test
    void fewHostsAreNeverTheMonitorsFault() {
        answered(2);
        silent(0, 2);
        assertThat(sight.lost(now)).isEmpty();
    }

    @Test
    void hostsThatNeverAnsweredSayNothing() {
        IntStream.range(0, 10)
                .forEach(i -> assertThat(sight.silent("new" + i, now)).isFalse());
        assertThat(sight.lost(now)).isEmpty();
    }

    @Test
    void itSeesAgainWhenAThirdIsBack() {
        answered(10);
        pass(10);
        silent(0, 10);
        long since = now;
        pass(10);
        answered(2);
        assertThat(sight.isBack(since, 10)).isFalse();
        answered(3);
        assertThat(sight.isBack(since, 10)).isTrue();
    }
}
