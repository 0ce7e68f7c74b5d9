package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.web.AuditRoutes;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.FileRoutes;
import dev.vitals.health.monitor.web.GateRoutes;
import dev.vitals.health.monitor.web.GroupRoutes;
import dev.vitals.health.monitor.web.HistoryRoutes;
import dev.vitals.health.monitor.web.HostRoutes;
import dev.vitals.health.monitor.web.InstanceRoutes;
import dev.vitals.health.monitor.web.LoginRoutes;
import dev.vitals.health.monitor.web.MetricsRoutes;
import dev.vitals.health.monitor.web.OpenApiRoutes;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.SecretRoutes;
import dev.vitals.health.monitor.web.SuppressionRoutes;
import dev.vitals.health.monitor.web.TargetRoutes;
import dev.vitals.health.monitor.web.TokenRoutes;
import dev.vitals.health.monitor.web.UserRoutes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All routes of a monitor except its own health, with the OpenAPI document that describes them. */
final class MonitorRoutes {
    private MonitorRoutes() {}

    static List<Routes> of(MonitorComponents components) {
        Access access = components.access;
        InstantSource clock = components.settings.clock;
        Diagnosis diagnosis = new Diagnosis(components.schedule, components.poller, clock);
        List<Routes> routes = new ArrayList<>(List.of(
                new InstanceRoutes(
                        MonitorComponents.SETTINGS,
                        components.registry,
                        components.pushes,
                        access.audit(),
                        components.rules,
                        diagnosis),
                new TargetRoutes(components.registry, components.suppressions, clock),
                new GroupRoutes(components.registry, components.suppressions, clock),
                new HistoryRoutes(components.registry, components.history, components.maintenance(), clock),
                new HostRoutes(components.hosts, diagnosis, components.registry, access.audit()),
                new FileRoutes(components.file, access.audit()),
                new GateRoutes(components.gates, access.audit(), clock),
                SuppressionRoutes.maintenance(components.suppressions, access.audit(), clock),
                SuppressionRoutes.silences(components.suppressions, access.audit(), clock),
                new MetricsRoutes(components.registry, components.metrics),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit())));
        routes.add(new OpenApiRoutes(
                List.copyOf(routes), Probes.KINDS.allowedFor(Source.REGISTRATION), Version.current()));
        return routes;
    }
}
