package dev.vitals.health.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build runs this twice: on Tomcat 10.1 and on Tomcat 11. */
class TomcatTest implements EndpointContract {
    private static final Health HEALTH = ContractHealth.start(new ManualScheduler());
    private static final Tomcat TOMCAT = new Tomcat();

    @BeforeAll
    static void start(@TempDir Path base) throws LifecycleException {
        TOMCAT.setBaseDir(base.toString());
        TOMCAT.setHostname("127.0.0.1");
        TOMCAT.setPort(0);
        Context context = TOMCAT.addContext("/app", base.toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> HealthServlet.of(HEALTH).addTo(servlets), null);
        Context withPage = TOMCAT.addContext("/page", base.toString());
        withPage.addServletContainerInitializer(
                (classes, servlets) -> HealthServlet.of(
                                HealthEndpoint.builder(HEALTH).htmlPage(true).build())
                        .addTo(servlets),
                null);
        TOMCAT.getConnector();
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws LifecycleException {
        TOMCAT.stop();
        TOMCAT.destroy();
        HEALTH.close();
    }

    @Test
    void runsOnTheConfiguredVersion() {
        assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.major", "10") + ".");
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
        return URI.create("http://127.0.0.1:" + TOMCAT.getConnector().getLocalPort());
    }
}
