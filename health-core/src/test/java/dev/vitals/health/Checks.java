package dev.vitals.health;

import dev.vitals.health.testkit.ManualScheduler;
import java.util.concurrent.atomic.AtomicInteger;

/** A check whose next outcomes are set by the test, on a health whose time is moved by hand. */
final class Checks implements HealthCheck {
    volatile Outcome next = Outcome.ok();
    final AtomicInteger runs = new AtomicInteger();

    static HealthBuilder builder(ManualScheduler time) {
        return Health.builder()
                .scheduler(time)
                .clock(time)
                .executor(Runnable::run)
                .jitter(0);
    }

    static CheckResult result(Health health, String name) {
        return health.check(name).orElseThrow();
    }

    @Override
    public Outcome run() {
        runs.incrementAndGet();
        return next;
    }
}
