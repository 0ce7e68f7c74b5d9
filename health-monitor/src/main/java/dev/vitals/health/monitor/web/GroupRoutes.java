package dev.vitals.health.monitor.web;

import dev.vitals.health.Status;
import dev.vitals.health.monitor.group.Grouping;
import dev.vitals.health.monitor.group.Summary;
import dev.vitals.health.monitor.model.Tracked;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.util.List;

/** Shows how services, machines, clusters and other groups are as a whole: the worst of their targets, with counts. */
final class GroupRoutes {
    private static final int FAILING = 503;

    private final Registry registry;

    GroupRoutes(Registry registry) {
        this.registry = registry;
    }

    /** Answers 503 if anything is UNHEALTHY or UNKNOWN, so that whoever looks at the code alone is told. */
    void dashboard(Context context) {
        List<Tracked> targets = registry.targets();
        Summary all = Grouping.summary(targets);
        context.status(all.status() == Status.FAIL ? FAILING : 200);
        context.header("Cache-Control", "no-store");
        Shape.answer(context, json -> {
            json.writeStartObject();
            GroupShape.summary(json, all);
            GroupShape.groups(json, "services", Grouping.SERVICE, targets);
            GroupShape.groups(json, "machines", Grouping.MACHINE, targets);
            GroupShape.groups(json, "clusters", Grouping.CLUSTER, targets);
            json.writeEndObject();
        });
    }

    void labels(Context context) {
        List<Tracked> targets = registry.targets();
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

    void groups(Context context) {
        String label = context.pathParam("label");
        List<Tracked> targets = registry.targets();
        requireLabel(label, targets);
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("label", label);
            GroupShape.groups(json, "groups", label, targets);
            json.writeEndObject();
        });
    }

    void group(Context context) {
        String label = context.pathParam("label");
        String name = context.pathParam("name");
        List<Tracked> targets = registry.targets();
        requireLabel(label, targets);
        List<Tracked> members = targets.stream()
                .filter(tracked -> Grouping.groupOf(label, tracked.target())
                        .filter(name::equals)
                        .isPresent())
                .toList();
        if (members.isEmpty()) {
            throw Problem.of(404, "no target has the " + label + " " + name).exception();
        }
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("label", label);
            GroupShape.group(json, label, name, members);
            json.writeArrayFieldStart("targets");
            for (Tracked tracked : members) {
                TargetShape.brief(json, tracked, registry.leaseExpired(tracked.target()));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void requireLabel(String label, List<Tracked> targets) {
        if (!Grouping.labels(targets).contains(label)) {
            throw Problem.of(404, "no target has the label " + label).exception();
        }
    }
}
