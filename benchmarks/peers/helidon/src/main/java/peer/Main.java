package peer;

import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;

/** Helidon SE with its health observer, with five checks. */
public class Main {
    public static void main(String[] args) {
        boolean slow = args[0].equals("slow");
        var health = HealthObserver.builder().details(true).useSystemServices(false);
        for (int i = 0; i < 5; i++) {
            long millis = slow && i == 4 ? 20 : 0;
            health.addCheck(() -> check(millis), HealthCheckType.READINESS, "check-" + i);
        }
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                // Else each answer waits 40 ms for a delayed acknowledgement.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .addFeature(ObserveFeature.just(health.build()))
                .build()
                .start();
        System.out.println("listening on " + server.port());
    }

    private static HealthCheckResponse check(long millis) {
        try {
            if (millis > 0) {
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HealthCheckResponse.builder().status(true).build();
    }
}
