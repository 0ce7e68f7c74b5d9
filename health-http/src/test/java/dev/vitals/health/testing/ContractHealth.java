package dev.vitals.health.testing;

import dev.vitals.health.Health;
import dev.vitals.health.HealthCheckError;
import dev.vitals.health.HealthCheckOk;
import dev.vitals.health.HealthCheckWarning;
import dev.vitals.health.Outcome;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The checks of the endpoint contract: one for each outcome, each run once at a known time. */
public final class ContractHealth {
    private ContractHealth() {}

    /** Returns a health with one result for each check; time stands still until the scheduler is advanced. */
    public static Health start(ManualScheduler time) {
        Health health = Health.builder()
                .service("orders", "1.4.2")
                .scheduler(time)
                .clock(time)
                .jitter(0)
                .executor(Runnable::run)
                .check(
                        "database",
                        () -> Outcome.ok("database is up-to-date")
                                .with("pool", 8)
                                .with("code", "must not overwrite"),
                        c -> c.groups("ready").componentType("datastore"))
                .handler(
                        "payments",
                        () -> {
                            throw new HealthCheckWarning("slow", Map.of("p99", "2 s"));
                        },
                        c -> c.groups("slow"))
                .handler(
                        "warehouse",
                        () -> {
                            throw new HealthCheckError("no stock feed");
                        },
                        c -> c.groups("broken")
                                .failureThreshold(1)
                                .affectedEndpoints(URI.create("https://shop.example.org/stock")))
                .handler("fine", () -> {
                    throw new HealthCheckOk();
                })
                .start();
        time.advance(Duration.ofMillis(100));
        return health;
    }
}
