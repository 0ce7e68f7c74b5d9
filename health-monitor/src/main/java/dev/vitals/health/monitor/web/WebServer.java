package dev.vitals.health.monitor.web;

import dev.vitals.health.Health;
import dev.vitals.health.Scheduler;
import dev.vitals.health.javalin.HealthPlugin;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.store.Database;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor's HTTP server: the API, and the monitor's own health. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final int ACCEPT_QUEUE = 1_000;
    private static final int PARTS_OF_HEAP = 8;
    private static final long MIN_WAITING_BYTES = 16 * 1024 * 1024;

    private final RouteTable table;
    private final Sockets sockets;
    private final SlowReaders readers;
    private final Javalin javalin;

    // Set before the server starts.
    private volatile InetSocketAddress listens = new InetSocketAddress(0);

    /**
     * Builds a server that does not listen yet.
     *
     * @param hosts the names by which it may be called
     * @param pages show answers to people
     * @param sockets the WebSockets, which this server closes
     * @param scheduler gives up bodies that take too long
     */
    public WebServer(
            List<? extends Routes> features,
            Gatekeeper gatekeeper,
            Health health,
            HostNames hosts,
            PageAnswers pages,
            Sockets sockets,
            Scheduler scheduler) {
        this.sockets = sockets;
        table = new RouteTable(features);
        // What waits for slow clients has a bound, so that it cannot take the heap from the monitor.
        long most = Math.max(MIN_WAITING_BYTES, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
        readers = new SlowReaders(most, System::nanoTime);
        FrontDoor door = new FrontDoor(hosts, sockets, new WholeBodies(scheduler, most), readers);
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.jetty.threadPool = threads();
            config.jetty.modifyServer(server -> {
                server.insertHandler(sockets.handler(gatekeeper));
                server.insertHandler(door);
                server.setErrorHandler(new RefusalPages());
            });
            config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new RefusalPages()));
            config.jetty.addConnector(this::connector);
            config.registerPlugin(HealthPlugin.of(health));
            table.mount(config, gatekeeper);
            config.routes.exception(
                    ProblemException.class, (e, context) -> e.problem().write(context));
            config.routes.exception(
                    InvalidFieldsException.class,
                    (e, context) -> Problem.badFields(e.errors()).write(context));
            config.routes.exception(HttpResponseException.class, WebServer::refuse);
            config.routes.exception(Exception.class, WebServer::fail);
            config.routes.after(pages::after);
        });
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(FrontDoor.THREADS);
        threads.setName("monitor-web");
        threads.setDaemon(true);
        return threads;
    }

    private ServerConnector connector(Server server, HttpConfiguration configuration) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(listens.getHostString());
        connector.setPort(listens.getPort());
        // A fleet that comes back at once must not wait for a second SYN.
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle stopping) {
                readers.end();
            }
        });
        return connector;
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
        if (e instanceof IOException && context.res().isCommitted()) {
            // The client has gone, which is no failure of the monitor.
            log.debug("{} {} was not read to its end: {}", context.method(), context.path(), e.toString());
            return;
        }
        if (e instanceof HttpException malformed) {
            log.debug("{} {} is malformed: {}", context.method(), context.path(), e.toString());
            Problem.of(malformed.getCode(), "the request is malformed").write(context);
            return;
        }
        if (Database.isFailureOf(e)) {
            log.warn("{} {} failed: {}", context.method(), context.path(), Database.reason(e));
            log.debug("the store failed", e);
            Problem.storeFails(e).write(context);
            return;
        }
        log.warn("{} {} failed", context.method(), context.path(), e);
        Problem.of(500, "the monitor failed to answer; its log says why").write(context);
    }

    /**
     * Listens; port 0 takes a free one. The address was checked before.
     *
     * @throws IOException if the port was taken since then
     */
    public void start(String host, int port) throws IOException {
        listens = new InetSocketAddress(host, port);
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            BindException taken = new BindException("port " + port + " on " + host + " is in use");
            taken.initCause(e);
            throw taken;
        }
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return javalin.port();
    }

    /** Returns the number of open WebSockets. */
    public int openSockets() {
        return sockets.open();
    }

    /** Closes the WebSockets, and stops listening, after the requests in progress. */
    @Override
    public void close() {
        sockets.close();
        javalin.stop();
    }
}
