package dev.vitals.benchmarks;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.javalin.HealthPlugin;
import dev.vitals.health.servlet.HealthServlet;
import dev.vitals.health.vertx.HealthRequestHandler;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.vertx.core.http.HttpServer;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;

/** Starts our servers, and the constant servers they are compared with, for an external load generator. */
public final class ProbedServer {
    private static final String HEALTH = "/_health";
    private static final String PING = "/_ping";
    private static final String VITALS = "vitals";

    private ProbedServer() {}

    /** A running server. */
    private record Running(int port, Stop server) {}

    /** Stops a server. */
    @FunctionalInterface
    private interface Stop {
        void stop() throws Exception;
    }

    /**
     * Starts servers on free ports and prints the ports. Arguments:
     *
     * <ol>
     *   <li>the container: {@code jetty}, {@code javalin} or {@code vertx}
     *   <li>the servers, separated by commas: {@code vitals}, {@code constant} (not with Vert.x)
     *   <li>numbers of checks, separated by commas; the servers are started once for each number
     *   <li>the last check: {@code trivial} or {@code slow}
     *   <li>the length of the warm-up in seconds
     * </ol>
     */
    public static void main(String[] args) throws Exception {
        List<String> kinds = List.of(args[1].split(",", -1));
        warmUp(args[0], kinds, Duration.ofSeconds(Integer.parseInt(args[4])));
        List<Running> servers = new ArrayList<>();
        for (String count : args[2].split(",", -1)) {
            servers.addAll(start(args[0], kinds, checks(Integer.parseInt(count), args[3])));
        }
        System.out.println("listening on "
                + servers.stream().map(server -> String.valueOf(server.port())).collect(Collectors.joining(" ")));
    }

    private static Health checks(int count, String last) {
        HealthBuilder builder = Checks.trivial(count - 1, options -> {});
        builder.check("check-" + (count - 1), last.equals("slow") ? Checks.slow(20) : Checks.TRIVIAL);
        return builder.start();
    }

    private static List<Running> start(String container, List<String> kinds, Health health) throws Exception {
        Checks.awaitPass(health);
        HealthEndpoint endpoint = HealthEndpoint.of(health);
        List<Running> servers = new ArrayList<>();
        for (String kind : kinds) {
            servers.add(start(container + " " + kind, endpoint));
        }
        if (!kinds.contains(VITALS)) {
            health.close();
        }
        return servers;
    }

    private static Running start(String kind, HealthEndpoint endpoint) throws Exception {
        return switch (kind) {
            case "jetty vitals" -> jetty(vitals(endpoint));
            case "vertx vitals" -> vertx(HealthRequestHandler.of(endpoint));
            case "javalin vitals" -> javalin(config -> config.registerPlugin(HealthPlugin.of(endpoint)));
            case "jetty constant" -> jetty(constant(endpoint));
            case "javalin constant" -> javalin(javalinConstant(endpoint));
            default -> throw new IllegalArgumentException("unknown server: " + kind);
        };
    }

    /**
     * Runs 1,000 checks a second, as many in 30 s as an app with 50 checks runs in 100 minutes, so that the JIT has compiled
     * that code before the measurement. The JIT also learns from the callers, so servers of the same kinds are started and
     * probed. Every other request opens a new connection, since the load generator does so at each start and end.
     */
    private static void warmUp(String container, List<String> kinds, Duration time) throws Exception {
        if (time.isZero()) {
            return;
        }
        try (Health health = Checks.trivial(100, ProbedServer::manyRuns).start()) {
            List<Running> servers = start(container, kinds, health);
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                for (Running server : servers) {
                    URL url = new URL("http", "127.0.0.1", server.port(), HEALTH);
                    // Twice, because bodies are made in advance only for what is requested more than once.
                    request(url, "keep-alive");
                    request(url, "close");
                }
            }
            for (Running server : servers) {
                server.server().stop();
            }
        }
    }

    private static void request(URL url, String connectionHeader) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setRequestProperty("Connection", connectionHeader);
        connection.setRequestProperty("Accept", "*/*");
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
    }

    private static void manyRuns(CheckOptions options) {
        options.interval(Duration.ofMillis(100)).timeout(Duration.ofMillis(90));
    }

    private static Running jetty(Map<String, Servlet> servlets) throws Exception {
        Server server = Servers.jetty(servlets);
        return new Running(Servers.port(server), server::stop);
    }

    private static Running javalin(Consumer<JavalinConfig> routes) {
        Javalin server = Servers.javalin(routes);
        return new Running(server.port(), server::stop);
    }

    private static Running vertx(HealthRequestHandler handler) {
        HttpServer server = Servers.vertx(handler.before(request -> {
            throw new IllegalStateException("unexpected request for " + request.path());
        }));
        return new Running(server.actualPort(), () -> server.close().await());
    }

    private static Map<String, Servlet> vitals(HealthEndpoint endpoint) {
        Servlet servlet = HealthServlet.of(endpoint);
        return Map.of(HEALTH, servlet, PING, servlet);
    }

    private static Map<String, Servlet> constant(HealthEndpoint endpoint) throws IOException {
        return Map.of(HEALTH, ConstantServlet.of(endpoint, HEALTH), PING, ConstantServlet.of(endpoint, PING));
    }

    private static Consumer<JavalinConfig> javalinConstant(HealthEndpoint endpoint) throws IOException {
        ConstantServlet health = ConstantServlet.of(endpoint, HEALTH);
        ConstantServlet ping = ConstantServlet.of(endpoint, PING);
        return config -> {
            config.routes.get(HEALTH, context -> health.write(context.res()));
            config.routes.get(PING, context -> ping.write(context.res()));
        };
    }
}
