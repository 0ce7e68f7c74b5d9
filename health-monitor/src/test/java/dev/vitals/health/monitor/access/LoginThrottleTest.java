package dev.vitals.health.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final ManualScheduler time = new ManualScheduler();
    private final LoginThrottle throttle = new LoginThrottle(time::nanoTime);

    private Duration begin(String user, String address) {
        return throttle.begin(user, address);
    }

    @Test
    void fiveFailuresAreFreeThenEachDoublesTheWaitUpToFiveMinutes() {
        for (int i = 0; i < 5; i++) {
            assertThat(begin("alice", "a" + i)).isZero();
        }
        Duration wait = Duration.ofSeconds(1);
        for (int i = 5; i < 20; i++) {
            assertThat(begin("alice", "a" + i)).isEqualTo(wait);
            time.advance(wait.minusMillis(1));
            assertThat(begin("alice", "a" + i)).isEqualTo(Duration.ofMillis(1));
            time.advance(Duration.ofMillis(1));
            assertThat(begin("alice", "a" + i)).isZero();
            wait = wait.multipliedBy(2).compareTo(Duration.ofMinutes(5)) > 0
                    ? Duration.ofMinutes(5)
                    : wait.multipliedBy(2);
        }
        assertThat(begin("bob", "b")).isZero();
    }

    @Test
    void anAddressHasTwentyFreeFailuresForAllUsers() {
        for (int i = 0; i < 20; i++) {
            assertThat(begin("user" + i, "10.0.0.1")).isZero();
        }
        assertThat(begin("user21", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        assertThat(begin("user21", "10.0.0.2")).isZero();
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOne() {
        for (int i = 0; i < 20; i++) {
            assertThat(begin("user" + i, "2001:db8:1:2:0:0:0:" + i)).isZero();
        }
        assertThat(begin("user21", "2001:db8:1:2:9:9:9:9")).isPositive();
        assertThat(begin("user21", "2001:db8:1:3:9:9:9:9")).isZero();
    }

    @Test
    void successForgetsTheUsersFailuresAndOneOfTheAddress() {
        for (int i = 0; i < 4; i++) {
            assertThat(begin("alice", "10.0.0.1")).isZero();
        }
        assertThat(begin("alice", "10.0.0.1")).isZero();
        throttle.succeeded("alice", "10.0.0.1");
        for (int i = 0; i < 5; i++) {
            assertThat(begin("alice", "10.0.0.1")).isZero();
        }
        assertThat(begin("alice", "10.0.0.1")).isPositive();
    }

    @Test
    void anAbandonedAttemptDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(begin("alice", "10.0.0.1")).isZero();
            throttle.abandoned("alice", "10.0.0.1");
        }
    }

    @Test
    void failuresAreForgottenAfterAnHour() {
        for (int i = 0; i < 5; i++) {
            assertThat(begin("alice", "10.0.0.1")).isZero();
        }
        time.advance(Duration.ofHours(1).plusSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(begin("alice", "10.0.0.1")).isZero();
        }
        assertThat(begin("alice", "10.0.0.1")).isPositive();
    }

    @Test
    void keepsABoundedNumberOfKeys() {
        LoginThrottle.FailedLogins failures = new LoginThrottle.FailedLogins(1, 3, time::nanoTime);
        for (String key : new String[] {"a", "b", "c", "d"}) {
            failures.failed(key);
        }
        assertThat(failures.toWait("a")).isZero();
        assertThat(failures.toWait("b")).isPositive();
        assertThat(failures.toWait("d")).isPositive();
    }
}
