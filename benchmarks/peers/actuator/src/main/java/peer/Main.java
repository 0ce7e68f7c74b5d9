package peer;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Spring Boot Actuator on its default server, with five checks and nothing else in the answer. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Main {
    public static void main(String[] args) {
        boolean slow = !args[0].equals("trivial");
        String cached = args[0].equals("slow-cached") ? "1s" : "0";
        SpringApplication app = new SpringApplication(Main.class);
        app.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "management.health.defaults.enabled", "false",
                "management.endpoint.health.probes.enabled", "false",
                "management.endpoint.health.show-details", "always",
                "management.endpoint.health.cache.time-to-live", cached,
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn"));
        app.addInitializers(context -> {
            for (int i = 0; i < 5; i++) {
                HealthIndicator check =
                        slow && i == 4 ? Main::slow : () -> Health.up().build();
                ((GenericApplicationContext) context).registerBean("check-" + i, HealthIndicator.class, () -> check);
            }
        });
        var context = app.run(args);
        System.out.println("listening on " + context.getEnvironment().getProperty("local.server.port"));
    }

    private static Health slow() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Health.up().build();
    }
}
