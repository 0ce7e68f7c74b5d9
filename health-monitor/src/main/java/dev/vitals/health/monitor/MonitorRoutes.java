package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.web.AuditRoutes;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.FileRoutes;
import dev.vitals.health.monitor.web.GateRoutes;
import dev.vitals.health.monitor.web.GroupRoutes;
import dev.vitals.health.monitor.web.HistoryRoutes;
import dev.vitals.health.monitor.web.HoldBack;
import dev.vitals.health.monitor.web.HostRoutes;
import dev.vitals.health.monitor.web.InstanceRoutes;
import dev.vitals.health.monitor.web.LoginRoutes;
import dev.vitals.health.monitor.web.MetricsRoutes;
import dev.vitals.health.monitor.web.OpenApiRoutes;
import dev.vitals.health.monitor.web.PushRoutes;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.SecretRoutes;
import dev.vitals.health.monitor.web.Sources;
import dev.vitals.health.monitor.web.SuppressionRoutes;
import dev.vitals.health.monitor.web.TargetRoutes;
import dev.vitals.health.monitor.web.TokenRoutes;
import dev.vitals.health.monitor.web.UserRoutes;
import java.util.ArrayList;
import java.util.List;

/** All routes of a monitor except its own health, with the OpenAPI document that describes them. */
final class MonitorRoutes {
    private MonitorRoutes() {}

    static List<Routes> of(MonitorComponents parts) {
        Access access = parts.access;
        Diagnosis doctor = new Diagnosis(parts.schedule, parts.prober, parts.settings.clock);
        Sources sources = new Sources(parts.file, parts.hosts, parts.pushes, doctor);
        HoldBack holdBack = new HoldBack(parts.gates, parts.suppressions, parts.settings.clock);
        List<Routes> features = new ArrayList<>(List.of(
                new InstanceRoutes(parts.registry, access.audit(), parts.rules, doctor),
                new TargetRoutes(parts.registry, holdBack),
                new GroupRoutes(parts.registry, holdBack),
                new HistoryRoutes(parts.registry, parts.history, parts.maintenance(), parts.settings.clock),
                new HostRoutes(sources, parts.registry, access.audit()),
                new FileRoutes(parts.file, access.audit()),
                new PushRoutes(parts.registry, parts.pushes),
                new GateRoutes(holdBack, access.audit()),
                SuppressionRoutes.maintenance(holdBack, access.audit()),
                SuppressionRoutes.silences(holdBack, access.audit()),
                new MetricsRoutes(parts.registry, parts.metrics),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), parts.settings.clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit())));
        features.add(new OpenApiRoutes(List.copyOf(features), Version.current()));
        return features;
    }
}
