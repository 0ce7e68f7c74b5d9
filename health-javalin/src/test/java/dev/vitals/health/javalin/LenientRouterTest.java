package dev.vitals.health.javalin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import io.javalin.Javalin;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugin in a Javalin that takes more spellings of a path than usual, and fewer of a slash at the end. */
class LenientRouterTest implements EndpointContract {
    private static final Health HEALTH = ContractHealth.start(new ManualScheduler());
    private static final Javalin JAVALIN = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.router.treatMultipleSlashesAsSingleSlash = true;
        config.router.caseInsensitiveRoutes = true;
        config.router.ignoreTrailingSlashes = false;
        config.registerPlugin(HealthPlugin.of(HEALTH));
        config.routes.get("/others/{name}", context -> context.result(context.path()));
    });

    private static final Javalin WITH_PAGE = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.router.treatMultipleSlashesAsSingleSlash = true;
        config.router.caseInsensitiveRoutes = true;
        config.router.ignoreTrailingSlashes = false;
        config.registerPlugin(
                HealthPlugin.of(HealthEndpoint.builder(HEALTH).htmlPage(true).build()));
    });

    @BeforeAll
    static void start() {
        JAVALIN.start("127.0.0.1", 0);
        WITH_PAGE.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        JAVALIN.stop();
        WITH_PAGE.stop();
        HEALTH.close();
    }

    @Test
    void takesSeveralSlashesForOne() {
        assertThat(exchange("GET", "//_ping", Map.of()).code()).isEqualTo(200);
        assertThat(exchange("GET", "/_health//ready", Map.of()).code()).isEqualTo(200);
    }

    @Test
    void leavesThePathsOfOthersAsTheyAre() {
        assertThat(exchange("GET", "/others/_he%61lth", Map.of()).body()).isEqualTo("/others/_he%61lth");
    }

    @Override
    public Exchange exchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(URI.create("http://127.0.0.1:" + JAVALIN.port()), method, path, headers);
    }

    @Override
    public Exchange pageExchange(String method, String path, Map<String, String> headers) {
        URI server = URI.create("http://127.0.0.1:" + WITH_PAGE.port());
        return HttpExchanges.send(server, method, path, headers);
    }
}
