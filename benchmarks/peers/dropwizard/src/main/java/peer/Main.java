package peer;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.dropwizard.metrics.servlets.HealthCheckServlet;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Dropwizard's HealthCheckServlet on Jetty, with five checks. */
public class Main {
    public static void main(String[] args) throws Exception {
        boolean slow = args[0].equals("slow");
        HealthCheckRegistry checks = new HealthCheckRegistry();
        for (int i = 0; i < 5; i++) {
            checks.register("check-" + i, check(slow && i == 4 ? 20 : 0));
        }
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new HealthCheckServlet(checks)), "/healthcheck");
        Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
        server.setHandler(context);
        server.start();
        System.out.println("listening on " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    private static HealthCheck check(long millis) {
        return new HealthCheck() {
            @Override
            protected Result check() throws InterruptedException {
                if (millis > 0) {
                    Thread.sleep(millis);
                }
                return Result.healthy();
            }
        };
    }
}
