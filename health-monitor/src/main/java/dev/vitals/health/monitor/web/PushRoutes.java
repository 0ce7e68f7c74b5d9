package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.PushProbe;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.poll.PushReport;
import dev.vitals.health.monitor.poll.PushReports;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Consumer;

/** Takes the reports of the apps that report by themselves. */
final class PushRoutes {
    private final Registry registry;
    private final PushReports pushes;
    private final Consumer<Context> authorize;

    PushRoutes(Registry registry, PushReports pushes, Consumer<Context> authorize) {
        this.registry = registry;
        this.pushes = pushes;
        this.authorize = authorize;
    }

    void post(Context context) throws IOException {
        authorize.accept(context);
        TargetId id = Paths.target(context);
        PushReport report = PushReport.read(InstanceRoutes.body(context))
                .orElseThrow(() -> Paths.refused(new FieldError("body", null, PushReport.BOUND)));
        boolean reports = registry.target(id)
                        .orElseThrow(() -> Problem.of(404, id + " is not there").exception())
                        .target()
                        .probe()
                instanceof PushProbe;
        if (!reports || !pushes.report(id, report)) {
            throw Problem.of(409, id + " is polled, it does not report by itself")
                    .exception();
        }
        context.status(204);
    }
}
