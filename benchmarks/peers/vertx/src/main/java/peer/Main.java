package peer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;

/** Vert.x health checks behind vertx-web, with five checks; the slow one waits without blocking the event loop. */
public class Main {
    public static void main(String[] args) throws Exception {
        boolean slow = args[0].equals("slow");
        Vertx vertx = Vertx.vertx();
        HealthChecks checks = HealthChecks.create(vertx);
        for (int i = 0; i < 5; i++) {
            if (slow && i == 4) {
                checks.register("check-" + i, promise -> vertx.setTimer(20, id -> promise.complete(Status.OK())));
            } else {
                checks.register("check-" + i, promise -> promise.complete(Status.OK()));
            }
        }
        Router router = Router.router(vertx);
        router.get("/health").handler(HealthCheckHandler.createWithHealthChecks(checks));
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        var server = vertx.createHttpServer(options)
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("listening on " + server.actualPort());
    }
}
