package dev.vitals.health.servlet;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JettyTest implements EndpointContract {
    private static final Health HEALTH = ContractHealth.start(new ManualScheduler());
    private static final Server SERVER = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @BeforeAll
    static void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/app");
        context.addServletContainerInitializer(
                (classes, servlets) -> HealthServlet.of(HEALTH).addTo(servlets));
        ServletContextHandler withPage = new ServletContextHandler("/page");
        withPage.addServletContainerInitializer((classes, servlets) -> HealthServlet.of(
                        HealthEndpoint.builder(HEALTH).htmlPage(true).build())
                .addTo(servlets));
        SERVER.setHandler(new ContextHandlerCollection(context, withPage));
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
        HEALTH.close();
    }

    @Override
    public Exchange exchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(server(), method, "/app" + path, headers);
    }

    @Override
    public Exchange pageExchange(String method, String path, Map<String, String> headers) {
        return HttpExchanges.send(server(), method, "/page" + path, headers);
    }

    private static URI server() {
        return URI.create("http://127.0.0.1:" + SERVER.getURI().getPort());
    }
}
