package dev.vitals.benchmarks;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts servers on free ports of the loopback address. */
final class Servers {
    private static final String LOOPBACK = "127.0.0.1";

    private Servers() {}

    /** Starts Jetty with a servlet for each path and for all paths below it. */
    static Server jetty(Map<String, Servlet> servlets) throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        servlets.forEach((path, servlet) -> {
            ServletHolder holder = new ServletHolder(servlet);
            context.addServlet(holder, path);
            context.addServlet(holder, path + "/*");
        });
        Server server = new Server(new InetSocketAddress(LOOPBACK, 0));
        server.setHandler(context);
        server.start();
        return server;
    }

    static int port(Server jetty) {
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }

    /** Starts Javalin with these routes. */
    static Javalin javalin(Consumer<JavalinConfig> routes) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.host = LOOPBACK;
                    config.jetty.port = 0;
                    routes.accept(config);
                })
                .start();
    }

    /** Starts Vert.x with this handler. */
    static HttpServer vertx(Handler<HttpServerRequest> handler) {
        return Vertx.vertx()
                .createHttpServer()
                .requestHandler(handler)
                .listen(0, LOOPBACK)
                .await();
    }
}
