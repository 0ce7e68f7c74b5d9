package peer;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** SmallRye Health's reporter behind a servlet on Jetty, as application servers embed it, with five checks. */
public class Main {
    public static void main(String[] args) throws Exception {
        boolean slow = args[0].equals("slow");
        SeContainer container = SeContainerInitializer.newInstance().initialize();
        SmallRyeHealthReporter reporter =
                container.select(SmallRyeHealthReporter.class).get();
        // Five classes: of two checks of one class the reporter keeps one.
        reporter.addHealthCheck(() -> check("check-0", 0));
        reporter.addHealthCheck(() -> check("check-1", 0));
        reporter.addHealthCheck(() -> check("check-2", 0));
        reporter.addHealthCheck(() -> check("check-3", 0));
        reporter.addHealthCheck(() -> check("check-4", slow ? 20 : 0));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new HealthServlet(reporter)), "/health");
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(context);
        server.start();
        System.out.println("listening on " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    private static HealthCheckResponse check(String name, long millis) {
        try {
            if (millis > 0) {
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HealthCheckResponse.up(name);
    }

    private static class HealthServlet extends HttpServlet {
        private final transient SmallRyeHealthReporter reporter;

        HealthServlet(SmallRyeHealthReporter reporter) {
            this.reporter = reporter;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            SmallRyeHealth health = reporter.getHealth();
            response.setStatus(health.isDown() ? 503 : 200);
            response.setContentType("application/json; charset=UTF-8");
            reporter.reportHealth(response.getOutputStream(), health);
        }
    }
}
