package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows groups of targets, such as services, machines and clusters: the worst state of each, with counts. */
public final class GroupRoutes implements Routes {
    private static final String GROUPS = "/api/v1/groups";
    private static final int MAX_FAILING = 100;

    private final Registry registry;
    private final Suppressions suppressions;
    private final InstantSource clock;

    /** Groups the targets of the registry. */
    public GroupRoutes(Registry registry, Suppressions suppressions, InstantSource clock) {
        this.registry = registry;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Some targets as a whole; without a state if there is none. */
    private record Totals(Status status, @Nullable State state, int total, Map<State, Integer> counts) {
        static Totals of(Grouping.Summary summary) {
            return new Totals(summary.status(), summary.worst().orElse(null), summary.total(), summary.counts());
        }
    }

    /** A group; a cluster with its machines, each counted by its worst target. */
    private record Group(
            String name,
            @JsonUnwrapped Totals totals,
            @Nullable Totals machines) {
        static Group of(String label, String name, List<WatchedTarget> members) {
            return new Group(
                    name,
                    Totals.of(Grouping.summary(members)),
                    label.equals(Grouping.CLUSTER) ? Totals.of(Grouping.machines(members)) : null);
        }

        static ListResponse.Rows by(String name, String label, List<WatchedTarget> targets) {
            return ListResponse.Rows.of(
                    name, Grouping.by(label, targets).entrySet(), group -> of(label, group.getKey(), group.getValue()));
        }
    }

    private record GroupDetails(String label, @JsonUnwrapped Group group) {}

    private record Groups(String label) {}

    private record Labels(Set<String> labels) {}

    /** A target that fails, and the reason. */
    private record Failing(String app, String instance, State state, Instant since, String why) {
        static Failing of(WatchedTarget watched) {
            TargetState state = watched.state();
            return new Failing(
                    watched.id().appOrHost(), watched.id().name(), state.state(), state.since(), state.why());
        }
    }

    private record Dashboard(@JsonUnwrapped Totals totals) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/health/dashboard",
                                Permission.VIEW,
                                this::dashboard,
                                "Show all services, machines and clusters with their states")
                        .answers(200, "Dashboard")
                        .answers(503, "Dashboard"),
                Route.get(GROUPS, Permission.VIEW, this::labels, "List the labels by which targets are grouped")
                        .answers(200, "GroupLabels"),
                Route.get(GROUPS + "/{label}", Permission.VIEW, this::groups, "List the groups of one label")
                        .answers(200, "Groups"),
                Route.get(GROUPS + "/{label}/{name}", Permission.VIEW, this::group, "Show one group with its targets")
                        .answers(200, "GroupDetails"));
    }

    /** Answers 503 if any target is UNHEALTHY or UNKNOWN, for a prober that reads only the code. */
    private void dashboard(Context context) {
        List<WatchedTarget> targets = registry.targets();
        Totals all = Totals.of(Grouping.summary(targets));
        context.status(all.status() == Status.FAIL ? 503 : 200);
        ListResponse.write(
                context,
                new Dashboard(all),
                ListResponse.Rows.of("failing", failing(targets), Failing::of),
                Group.by("services", Grouping.SERVICE, targets),
                Group.by("machines", Grouping.MACHINE, targets),
                Group.by("clusters", Grouping.CLUSTER, targets));
    }

    private static List<WatchedTarget> failing(List<WatchedTarget> targets) {
        return targets.stream()
                .filter(watched -> watched.state().state().status() == Status.FAIL)
                .limit(MAX_FAILING)
                .toList();
    }

    private void labels(Context context) {
        JsonResponse.write(context, new Labels(Grouping.labels(registry.targets())));
    }

    private void groups(Context context) {
        String label = context.pathParam("label");
        List<WatchedTarget> targets = registry.targets();
        requireLabel(label, targets);
        ListResponse.write(context, new Groups(label), Group.by("groups", label, targets));
    }

    private void group(Context context) {
        String label = context.pathParam("label");
        String name = context.pathParam("name");
        List<WatchedTarget> targets = registry.targets();
        requireLabel(label, targets);
        List<WatchedTarget> members = Grouping.by(label, targets).getOrDefault(name, List.of());
        if (members.isEmpty()) {
            throw Problem.of(404, "no target has the " + label + " " + name).exception();
        }
        List<Suppressed.Active> active = suppressions.active(clock.instant());
        ListResponse.write(
                context,
                new GroupDetails(label, Group.of(label, name, members)),
                ListResponse.Rows.of("targets", members, watched -> TargetAnswer.of(watched, registry, active)));
    }

    private static void requireLabel(String label, List<WatchedTarget> targets) {
        if (!Grouping.labels(targets).contains(label)) {
            throw Problem.of(404, "no target has the label " + label).exception();
        }
    }
}
