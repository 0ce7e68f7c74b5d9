package dev.vitals.health.monitor.web;

import dev.vitals.health.Status;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.group.Grouping;
import dev.vitals.health.monitor.group.Summary;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.util.List;

/** Shows how services, machines, clusters and other groups are as a whole: the worst of their targets, with counts. */
public final class GroupRoutes implements Routes {
    private static final String GROUPS = "/api/v1/groups";
    private static final int FAILING = 503;

    private final Registry registry;
    private final HoldBack holdBack;

    /** Shows the groups of the targets there. */
    public GroupRoutes(Registry registry, HoldBack holdBack) {
        this.registry = registry;
        this.holdBack = holdBack;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/health/dashboard",
                                Permission.VIEW,
                                this::dashboard,
                                "Show all services, machines and clusters with their states")
                        .answers(200, "Dashboard")
                        .alsoAnswers(FAILING, "Dashboard"),
                Route.get(GROUPS, Permission.VIEW, this::labels, "List the labels by which targets are grouped"),
                Route.get(GROUPS + "/{label}", Permission.VIEW, this::groups, "List the groups of one label"),
                Route.get(GROUPS + "/{label}/{name}", Permission.VIEW, this::group, "Show one group with its targets")
                        .answers(200, "Summary"));
    }

    /** Answers 503 if anything is UNHEALTHY or UNKNOWN, so that whoever looks at the code alone is told. */
    private void dashboard(Context context) {
        List<WatchedTarget> targets = registry.targets();
        Summary all = Grouping.summary(targets);
        context.status(all.status() == Status.FAIL ? FAILING : 200);
        Shape.answer(context, json -> {
            json.writeStartObject();
            GroupShape.summary(json, all);
            GroupShape.groups(json, "services", Grouping.SERVICE, targets);
            GroupShape.groups(json, "machines", Grouping.MACHINE, targets);
            GroupShape.groups(json, "clusters", Grouping.CLUSTER, targets);
            json.writeEndObject();
        });
    }

    private void labels(Context context) {
        List<WatchedTarget> targets = registry.targets();
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("labels");
            for (String label : Grouping.labels(targets)) {
                json.writeString(label);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void groups(Context context) {
        String label = context.pathParam("label");
        List<WatchedTarget> targets = registry.targets();
        requireLabel(label, targets);
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("label", label);
            GroupShape.groups(json, "groups", label, targets);
            json.writeEndObject();
        });
    }

    private void group(Context context) {
        String label = context.pathParam("label");
        String name = context.pathParam("name");
        List<WatchedTarget> targets = registry.targets();
        requireLabel(label, targets);
        List<WatchedTarget> members = targets.stream()
                .filter(watched -> Grouping.groupOf(label, watched.target())
                        .filter(name::equals)
                        .isPresent())
                .toList();
        if (members.isEmpty()) {
            throw Problem.of(404, "no target has the " + label + " " + name).exception();
        }
        List<Suppressed.Active> active = holdBack.active();
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("label", label);
            GroupShape.group(json, label, name, members);
            json.writeArrayFieldStart("targets");
            for (WatchedTarget watched : members) {
                boolean leaseExpired = registry.leaseExpired(watched.target());
                TargetShape.brief(json, watched, leaseExpired, SuppressedShape.of(active, watched));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void requireLabel(String label, List<WatchedTarget> targets) {
        if (!Grouping.labels(targets).contains(label)) {
            throw Problem.of(404, "no target has the label " + label).exception();
        }
    }
}
