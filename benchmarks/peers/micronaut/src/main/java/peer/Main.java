package peer;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Micronaut on Netty, with five checks and its own gracefulShutdown, which has no switch; the slow one waits without blocking the event loop. */
public class Main {
    public static void main(String[] args) {
        boolean slow = args[0].equals("slow");
        ApplicationContext context = ApplicationContext.builder(Map.of(
                        "micronaut.server.host", "127.0.0.1",
                        "micronaut.server.port", "-1",
                        "endpoints.health.sensitive", "false",
                        "endpoints.health.details-visible", "ANONYMOUS",
                        "endpoints.health.disk-space.enabled", "false",
                        "endpoints.health.service-ready-indicator-enabled", "false",
                        "endpoints.health.deadlocked-threads.enabled", "false"))
                .build();
        for (int i = 0; i < 5; i++) {
            HealthIndicator check = check("check-" + i, slow && i == 4);
            context.registerSingleton(HealthIndicator.class, check, Qualifiers.byName("check-" + i));
        }
        context.start();
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
        System.out.println("listening on " + server.getPort());
    }

    private static HealthIndicator check(String name, boolean slow) {
        return () -> {
            Publisher<HealthResult> up =
                    Publishers.just(HealthResult.builder(name, HealthStatus.UP).build());
            return slow ? Mono.delay(Duration.ofMillis(20)).then(Mono.from(up)) : up;
        };
    }
}
