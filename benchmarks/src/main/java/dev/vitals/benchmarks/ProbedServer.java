package dev.vitals.benchmarks;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.javalin.HealthPlugin;
import dev.vitals.health.servlet.HealthServlet;
import jakarta.servlet.Servlet;
import java.time.Duration;
import java.util.Map;

/** One of our servers, or its bare reference, for an external load generator. */
public final class ProbedServer {
    private static final String HEALTH = "/_health";
    private static final String PING = "/_ping";

    private ProbedServer() {}

    /**
     * Starts a server on a free port and says which. The arguments: {@code jetty} or {@code javalin}, {@code vitals} or
     * {@code constant}, the number of checks, {@code trivial} or {@code slow} for the last of them, and for how many
     * seconds to practise before.
     */
    public static void main(String[] args) throws Exception {
        practise(Integer.parseInt(args[4]));
        int count = Integer.parseInt(args[2]);
        HealthBuilder builder = Checks.trivial(count - 1, options -> {});
        builder.check("check-" + (count - 1), args[3].equals("slow") ? Checks.slow(20) : Checks.TRIVIAL);
        Health health = builder.start();
        Checks.awaitPass(health);
        HealthEndpoint endpoint = HealthEndpoint.of(health);
        int port = switch (args[0] + " " + args[1]) {
            case "jetty vitals" -> Servers.port(Servers.jetty(vitals(endpoint)));
            case "jetty constant" -> Servers.port(Servers.jetty(constant(endpoint)));
            case "javalin vitals" ->
                Servers.javalin(config -> config.registerPlugin(HealthPlugin.of(endpoint)))
                        .port();
            case "javalin constant" -> javalinConstant(endpoint);
            default -> throw new IllegalArgumentException("no server " + args[0] + " " + args[1]);
        };
        if (args[1].equals("constant")) {
            health.close();
        }
        System.out.println("listening on " + port);
    }

    /**
     * Runs checks and makes pages, a thousand times a second: as often in 30 s as an application with fifty checks does in
     * a hundred minutes. Without, the JIT compiles that code bit by bit while the server is measured.
     */
    private static void practise(int seconds) throws InterruptedException {
        try (Health health = Checks.trivial(100, ProbedServer::often).start()) {
            HealthEndpoint endpoint = HealthEndpoint.of(health);
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                // Twice, for who publishes makes the next page only of what is asked for more than once.
                endpoint.handle(new Probe(HEALTH, null));
                endpoint.handle(new Probe(HEALTH, null));
                Thread.sleep(1);
            }
        }
    }

    private static void often(CheckOptions options) {
        options.interval(Duration.ofMillis(100)).timeout(Duration.ofMillis(90));
    }

    private static Map<String, Servlet> vitals(HealthEndpoint endpoint) {
        Servlet servlet = HealthServlet.of(endpoint);
        return Map.of(HEALTH, servlet, PING, servlet);
    }

    private static Map<String, Servlet> constant(HealthEndpoint endpoint) throws Exception {
        return Map.of(HEALTH, Constant.of(endpoint, HEALTH), PING, Constant.of(endpoint, PING));
    }

    private static int javalinConstant(HealthEndpoint endpoint) throws Exception {
        Constant health = Constant.of(endpoint, HEALTH);
        Constant ping = Constant.of(endpoint, PING);
        return Servers.javalin(config -> {
                    config.routes.get(HEALTH, context -> health.write(context.res()));
                    config.routes.get(PING, context -> ping.write(context.res()));
                })
                .port();
    }
}
