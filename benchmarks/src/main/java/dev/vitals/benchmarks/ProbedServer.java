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

/** Our servers and their bare references, for an external load generator. */
public final class ProbedServer {
    private static final String HEALTH = "/_health";
    private static final String PING = "/_ping";
    private static final String VITALS = "vitals";

    private ProbedServer() {}

    /** A server that runs. */
    private record Running(int port, Stop server) {}

    /** Ends a server. */
    @FunctionalInterface
    private interface Stop {
        void stop() throws Exception;
    }

    /**
     * Starts servers on free ports and says which. The arguments: {@code jetty}, {@code javalin} or {@code vertx}; a list,
     * with commas, of {@code vitals} and {@code constant}, which Vert.x has not; numbers of checks, with commas, for each of which all those servers are
     * started; {@code trivial} or {@code slow} for the last check; and for how many seconds to practise before.
     */
    public static void main(String[] args) throws Exception {
        List<String> kinds = List.of(args[1].split(",", -1));
        practise(args[0], kinds, Duration.ofSeconds(Integer.parseInt(args[4])));
        List<Running> servers = new ArrayList<>();
        for (String count : args[2].split(",", -1)) {
            servers.addAll(start(args[0], kinds, checks(Integer.parseInt(count), args[3])));
        }
        System.out.println("listening on "
                + servers.stream().map(it -> String.valueOf(it.port())).collect(Collectors.joining(" ")));
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
            default -> throw new IllegalArgumentException("no server " + kind);
        };
    }

    /**
     * Runs checks and makes pages, a thousand times a second: as often in 30 s as an application with fifty checks does in
     * a hundred minutes. Without, the JIT compiles that code bit by bit while the servers are measured. It is done behind
     * servers of those kinds, which are asked over HTTP, for the JIT learns from how it is called. Every other request is
     * on a connection of its own, for each load of the measurement begins and ends with some.
     */
    private static void practise(String container, List<String> kinds, Duration time) throws Exception {
        if (time.isZero()) {
            return;
        }
        try (Health health = Checks.trivial(100, ProbedServer::often).start()) {
            List<Running> servers = start(container, kinds, health);
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                for (Running server : servers) {
                    URL url = new URL("http", "127.0.0.1", server.port(), HEALTH);
                    // Twice, for who publishes makes the next page only of what is asked for more than once.
                    ask(url, "keep-alive");
                    ask(url, "close");
                }
            }
            for (Running server : servers) {
                server.server().stop();
            }
        }
    }

    private static void ask(URL url, String then) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setRequestProperty("Connection", then);
        connection.setRequestProperty("Accept", "*/*");
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
    }

    private static void often(CheckOptions options) {
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
            throw new IllegalStateException("nothing else was to be asked for");
        }));
        return new Running(server.actualPort(), () -> server.close().await());
    }

    private static Map<String, Servlet> vitals(HealthEndpoint endpoint) {
        Servlet servlet = HealthServlet.of(endpoint);
        return Map.of(HEALTH, servlet, PING, servlet);
    }

    private static Map<String, Servlet> constant(HealthEndpoint endpoint) throws IOException {
        return Map.of(HEALTH, Constant.of(endpoint, HEALTH), PING, Constant.of(endpoint, PING));
    }

    private static Consumer<JavalinConfig> javalinConstant(HealthEndpoint endpoint) throws IOException {
        Constant health = Constant.of(endpoint, HEALTH);
        Constant ping = Constant.of(endpoint, PING);
        return config -> {
            config.routes.get(HEALTH, context -> health.write(context.res()));
            config.routes.get(PING, context -> ping.write(context.res()));
        };
    }
}
