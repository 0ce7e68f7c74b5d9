package dev.vitals.health.http;

import dev.vitals.health.Health;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testkit.ManualScheduler;
import java.util.Map;

class HealthEndpointContractTest implements EndpointContract {
    private final Health health = ContractHealth.start(new ManualScheduler());
    private final HealthEndpoint endpoint = HealthEndpoint.of(health);
    private final HealthEndpoint withPage =
            HealthEndpoint.builder(health).htmlPage(true).build();

    @Override
    public Exchange exchange(String method, String path, Map<String, String> headers) {
        return InMemory.exchange(endpoint, method, path, headers);
    }

    @Override
    public Exchange pageExchange(String method, String path, Map<String, String> headers) {
        return InMemory.exchange(withPage, method, path, headers);
    }
}
