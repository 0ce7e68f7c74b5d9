package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the targets and their states. */
public final class TargetRoutes implements Routes {
    private static final int CHANGES_SHOWN = 20;
    private static final int MAX_LIMIT = 100_000;

    private final Registry registry;
    private final Suppressions suppressions;
    private final InstantSource clock;

    /** Shows the targets of the registry, and what suppresses their alerts. */
    public TargetRoutes(Registry registry, Suppressions suppressions, InstantSource clock) {
        this.registry = registry;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /**
     * What is before the list.
     *
     * @param next the parameter {@code after} of the next page; null if there is none
     */
    private record Page(@Nullable String next) {}

    /** A target of the list, with those components of its last result that do not pass, if there are any. */
    private record TargetRow(
            @JsonUnwrapped TargetAnswer target, @Nullable List<TargetAnswer.Component> components) {
        static TargetRow of(WatchedTarget watched, TargetAnswer answer) {
            PollResult last = watched.state().lastResult();
            List<ComponentState> failing = last == null
                    ? List.of()
                    : last.components().stream()
                            .filter(component -> component.status() != Status.PASS)
                            .toList();
            return new TargetRow(answer, failing.isEmpty() ? null : TargetAnswer.Component.of(failing));
        }
    }

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
                        .query("limit", "How many a page, 1 to 100000; all if absent")
                        .query("after", "Only those after this app/instance: the value of next in the page before")
                        .answers(200, "Targets"),
                Route.get(Paths.TARGET, Permission.VIEW, this::show, "Show one target with components and changes")
                        .answers(200, "TargetDetails"));
    }

    private void list(Context context) {
        String app = context.queryParam("app");
        State state = Query.choice(context, "state", List.of(State.values()), State::name);
        long limit = Query.number(context, "limit", Integer.MAX_VALUE, MAX_LIMIT);
        String text = context.queryParam("after");
        TargetId after = text == null ? null : id(text);
        List<WatchedTarget> chosen = registry.targets().stream()
                .filter(watched -> app == null || watched.id().appOrHost().equals(app))
                .filter(watched -> state == null || watched.state().state() == state)
                .filter(watched -> after == null || watched.id().compareTo(after) > 0)
                .limit(limit + 1)
                .toList();
        boolean full = chosen.size() > limit;
        List<WatchedTarget> page = full ? chosen.subList(0, (int) limit) : chosen;
        List<Suppressed.Active> active = suppressions.active(clock.instant());
        ListResponse.write(
                context,
                new Page(full ? page.get(page.size() - 1).id().toString() : null),
                ListResponse.Rows.of("targets", page, watched -> row(watched, active)));
    }

    private TargetRow row(WatchedTarget watched, List<Suppressed.Active> active) {
        return TargetRow.of(watched, TargetAnswer.of(watched, registry, active));
    }

    private static TargetId id(String text) {
        return TargetId.parse(text)
                .orElseThrow(() ->
                        Problem.badField("after", text, "the value of next in the page before, such as orders/m1"));
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
