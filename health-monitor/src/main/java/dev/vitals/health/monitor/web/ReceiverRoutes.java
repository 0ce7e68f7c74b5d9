package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.incident.DryRun;
import dev.vitals.health.monitor.incident.DryRun.Line;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Answers who would be told if a target became unhealthy now. */
public final class ReceiverRoutes implements Routes {
    private static final List<State> STATES = List.of(State.DEGRADED, State.UNHEALTHY, State.UNKNOWN);

    private final Registry registry;
    private final DryRun dryRun;

    /** Asks about the targets of that registry. */
    public ReceiverRoutes(Registry registry, DryRun dryRun) {
        this.registry = registry;
        this.dryRun = dryRun;
    }

    private record Answer(String target, State state, Instant at, String cause, List<Line> told, List<Line> notTold) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                        Paths.TARGET + "/receivers",
                        Permission.VIEW,
                        this::show,
                        "Show who would be told if the target changed its state now, when, and why")
                .query("state", "DEGRADED, UNHEALTHY or UNKNOWN; default UNHEALTHY")
                .answers(200, "Receivers"));
    }

    private void show(Context context) {
        Query.refuseOthers(context, Set.of("state"));
        TargetId id = Paths.target(context);
        WatchedTarget watched = registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception());
        State asked = Query.choice(context, "state", STATES, State::name);
        State state = asked == null ? State.UNHEALTHY : asked;
        DryRun.Answer answer = dryRun.ask(watched, state);
        JsonResponse.write(
                context,
                new Answer(
                        id.toString(), state, answer.at(), answer.cause().toString(), answer.told(), answer.notTold()));
    }
}
