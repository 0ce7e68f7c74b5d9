package dev.vitals.health.monitor.web;

import dev.vitals.health.Health;
import dev.vitals.health.javalin.HealthPlugin;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor's HTTP server: the API, and the monitor's own health. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

    private final RouteTable table;
    private final Javalin javalin;

    /** Builds a server that does not listen yet. */
    public WebServer(List<? extends Routes> features, Gatekeeper gatekeeper, Health health) {
        table = new RouteTable(features);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.registerPlugin(HealthPlugin.of(health));
            table.mount(config, gatekeeper);
            config.routes.exception(
                    ProblemException.class, (e, context) -> e.problem().write(context));
            config.routes.exception(
                    InvalidFieldsException.class,
                    (e, context) -> Problem.badFields(e.errors()).write(context));
            config.routes.exception(HttpResponseException.class, WebServer::refuse);
            config.routes.exception(Exception.class, WebServer::fail);
        });
    }

    /** Returns all routes but those of the monitor's own health. */
    public List<Route> routes() {
        return table.routes();
    }

    private static void refuse(HttpResponseException e, Context context) {
        String detail = e.getStatus() == 404 ? "there is nothing at " + context.path() : String.valueOf(e.getMessage());
        Problem.of(e.getStatus(), detail).write(context);
    }

    private static void fail(Exception e, Context context) {
        log.warn("{} {} failed", context.method(), context.path(), e);
        Problem.of(500, "the monitor failed to answer; its log says why").write(context);
    }

    /**
     * Listens; port 0 takes a free one.
     *
     * @throws IOException if the port is in use or the address does not belong to this machine; the message says which
     */
    public void start(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new BindException("host " + host + " is unknown");
        }
        InetAddress ip = address.getAddress();
        if (!ip.isAnyLocalAddress() && NetworkInterface.getByInetAddress(ip) == null) {
            throw new BindException(host + " is not an address of this machine");
        }
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            // Javalin reports a port in use and a missing right in the same way.
            boolean allowed = port == 0 || port >= FIRST_UNPRIVILEGED_PORT;
            BindException named = new BindException(
                    "port " + port + " on " + host + " is in use" + (allowed ? "" : ", or needs more rights"));
            named.initCause(e);
            throw named;
        }
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops listening, after the requests in progress. */
    @Override
    public void close() {
        javalin.stop();
    }
}
