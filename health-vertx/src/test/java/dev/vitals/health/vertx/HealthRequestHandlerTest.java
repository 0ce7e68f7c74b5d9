package dev.vitals.health.vertx;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class HealthRequestHandlerTest implements EndpointContract {
    private static final Health HEALTH = ContractHealth.start(new ManualScheduler());
    private static final VertxServer SERVER = new VertxServer(HealthRequestHandler.of(
                    HealthEndpoint.builder(HEALTH).prefix("/app").build())
            .before(request -> request.response().setStatusCode(404).end("other")));

    private static final VertxServer WITH_PAGE = new VertxServer(HealthRequestHandler.of(
            HealthEndpoint.builder(HEALTH).prefix("/app").htmlPage(true).build()));

    @AfterAll
    static void stop() {
        SERVER.close();
        WITH_PAGE.close();
        HEALTH.close();
    }

    @Override
    public Exchange exchange(String method, String path, Map<String, String> headers) {
        return SERVER.exchange(method, "/app" + path, headers);
    }

    @Override
    public Exchange pageExchange(String method, String path, Map<String, String> headers) {
        return WITH_PAGE.exchange(method, "/app" + path, headers);
    }
}
