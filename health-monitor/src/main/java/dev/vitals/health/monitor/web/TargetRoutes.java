package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;

/** Shows the targets and their states. */
public final class TargetRoutes implements Routes {
    private static final int CHANGES_SHOWN = 20;

    private final Registry registry;
    private final Suppressions suppressions;
    private final InstantSource clock;

    /** Shows the targets of the registry, and what suppresses their alerts. */
    public TargetRoutes(Registry registry, Suppressions suppressions, InstantSource clock) {
        this.registry = registry;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    private record Targets(List<TargetAnswer> targets) {}

    private record TargetDetails(
            @JsonUnwrapped TargetAnswer target,
            List<TargetAnswer.Component> components,
            List<TargetAnswer.Change> changes) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Paths.TARGETS, Permission.VIEW, this::list, "List the targets with their states")
                        .query("app", "Only those of this app")
                        .query("state", "Only those in this state")
                        .answers(200, "Targets"),
                Route.get(Paths.TARGET, Permission.VIEW, this::show, "Show one target with components and changes")
                        .answers(200, "TargetDetails"));
    }

    private void list(Context context) {
        String app = context.queryParam("app");
        State state = Query.choice(context, "state", List.of(State.values()), State::name);
        List<Suppressed.Active> active = suppressions.active(clock.instant());
        JsonResponse.write(
                context,
                new Targets(registry.targets().stream()
                        .filter(watched ->
                                app == null || watched.id().appOrHost().equals(app))
                        .filter(watched -> state == null || watched.state().state() == state)
                        .map(watched -> TargetAnswer.of(watched, registry, active))
                        .toList()));
    }

    private void show(Context context) {
        TargetId id = Paths.target(context);
        WatchedTarget watched = registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception());
        PollResult last = watched.state().lastResult();
        JsonResponse.write(
                context,
                new TargetDetails(
                        TargetAnswer.of(watched, registry, suppressions.active(clock.instant())),
                        last == null ? List.of() : TargetAnswer.Component.of(last.components()),
                        registry.changes(id, CHANGES_SHOWN).stream()
                                .map(TargetAnswer.Change::of)
                                .toList()));
    }
}
