package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.PushProbe;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.poll.PushReport;
import dev.vitals.health.monitor.poll.PushReports;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Takes the reports of the apps that report by themselves. */
public final class PushRoutes implements Routes {
    private final Registry registry;
    private final PushReports pushes;

    /** Hands reports there. */
    public PushRoutes(Registry registry, PushReports pushes) {
        this.registry = registry;
        this.pushes = pushes;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(Paths.PUSH, Permission.REGISTER, this::post, "Report how an app is")
                .takes("Report")
                .answers(204, RouteContract.NOTHING));
    }

    private void post(Context context) throws IOException {
        TargetId id = Paths.target(context);
        Scope scope = Gatekeeper.caller(context).scope();
        if (!scope.coversApp(id.appOrHost())) {
            throw Problem.forbidden("this token is for apps whose names begin with " + scope.appPrefix())
                    .exception();
        }
        PushReport report = PushReport.read(Body.read(context, Body.MAX_BYTES))
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
