package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what is watched. */
public final class TargetRoutes implements Routes {
    private static final int CHANGES_SHOWN = 20;

    private final Registry registry;
    private final HoldBack holdBack;

    /** Shows what is watched there. */
    public TargetRoutes(Registry registry, HoldBack holdBack) {
        this.registry = registry;
        this.holdBack = holdBack;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Paths.TARGETS, Permission.VIEW, this::list, "List the targets with their states")
                        .query("app", "Only those of this app")
                        .query("state", "Only those in this state")
                        .answers(200, "Targets"),
                Route.get(Paths.TARGET, Permission.VIEW, this::show, "Show one target with components and changes")
                        .answers(200, "Target"));
    }

    private void list(Context context) {
        String app = context.queryParam("app");
        State state = state(context.queryParam("state"));
        List<WatchedTarget> shown = registry.targets().stream()
                .filter(watched -> app == null || watched.id().appOrHost().equals(app))
                .filter(watched -> state == null || watched.state().state() == state)
                .toList();
        List<Suppressed.Active> active = holdBack.active();
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (WatchedTarget watched : shown) {
                TargetShape.brief(
                        json, watched, registry.leaseExpired(watched.target()), SuppressedShape.of(active, watched));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static @Nullable State state(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(State.values())
                .filter(state -> state.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        Paths.refused(new FieldError("state", word, "one of UNKNOWN, HEALTHY, DEGRADED, UNHEALTHY")));
    }

    private void show(Context context) {
        TargetId id = Paths.target(context);
        WatchedTarget watched = registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception());
        List<Change> changes = registry.changes(id, CHANGES_SHOWN);
        boolean leaseExpired = registry.leaseExpired(watched.target());
        SuppressedShape suppressed = SuppressedShape.of(holdBack.active(), watched);
        Shape.answer(context, json -> TargetShape.full(json, watched, leaseExpired, suppressed, changes));
    }
}
