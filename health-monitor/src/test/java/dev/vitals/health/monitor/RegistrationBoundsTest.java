package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many instances may be registered. */
class RegistrationBoundsTest {
    private static final String PUSH = "{\"kind\":\"push\"}";

    @TempDir
    Path data;

    private TestMonitor monitor(UnaryOperator<MonitorBuilder> settings) {
        return new TestMonitor(data, new ManualScheduler(), settings);
    }

    private static void isRefused(HttpResponse<byte[]> answer, int code, String... why) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(code);
        assertThat(Api.text(answer)).contains(why);
    }

    @Test
    void aTokenReachesItsBoundAndOthersHaveTheirOwn() {
        try (TestMonitor monitor = monitor(settings -> settings.maxInstancesPerToken(2))) {
            Admin admin = new Admin(monitor);
            Api shop = new Api(monitor.monitor().uri(), admin.token("shop", "registrar", ",\"appPrefix\":\"shop-\""));
            Api mail = new Api(monitor.monitor().uri(), admin.token("mail", "registrar", ",\"appPrefix\":\"mail-\""));
            shop.register("shop-a/1", PUSH);
            shop.register("shop-a/2", PUSH);
            isRefused(
                    shop.put("shop-b/1", PUSH),
                    409,
                    "there are 2 instances of apps whose names begin with shop-",
                    "--max-instances-per-token allows 2");
            // A renewal adds none.
            shop.register("shop-a/2", PUSH);
            mail.register("mail-a/1", PUSH);
            // When one goes, the next may come.
            shop.delete("shop-a/1");
            shop.register("shop-b/1", PUSH);
        }
    }

    @Test
    void allTogetherHaveABound() {
        try (TestMonitor monitor = monitor(settings -> settings.maxInstances(2))) {
            monitor.api.register("a/1", PUSH);
            monitor.api.register("b/1", PUSH);
            isRefused(monitor.api.put("c/1", PUSH), 409, "the monitor has 2 instances", "--max-instances allows 2");
        }
    }

    @Test
    void newOnesOfATokenHaveARate() {
        try (TestMonitor monitor = monitor(settings -> settings)) {
            for (int i = 0; i < 3_000; i++) {
                monitor.api.put("a/" + i, PUSH);
            }
            HttpResponse<byte[]> refused = monitor.api.put("b/1", PUSH);
            isRefused(refused, 429, "3000 new instances at once, and 50 a second after that");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            monitor.api.register("a/1", PUSH);
            monitor.time.advance(Duration.ofSeconds(1));
            monitor.api.register("b/1", PUSH);
        }
    }
}
