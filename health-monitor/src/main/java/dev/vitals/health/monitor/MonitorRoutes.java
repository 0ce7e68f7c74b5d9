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

/** The features of the HTTP API, and the document that describes them. */
final class MonitorRoutes {
    private MonitorRoutes() {}

    static List<Routes> of(MonitorComponents parts) {
        Access access = parts.access;
        InstantSource clock = parts.settings.clock;
        Diagnosis diagnosis = new Diagnosis(parts.schedule, parts.poller, clock);
        List<Routes> features = new ArrayList<>(List.of(
                new InstanceRoutes(
                        MonitorComponents.SETTINGS,
                        parts.registrations, parts.registry, parts.pushes, access.audit(), parts.rules, diagnosis),
                new TargetRoutes(parts.registry, parts.suppressions, clock),
                new GroupRoutes(parts.registry, parts.suppressions, clock),
                new HistoryRoutes(parts.registry, parts.history, parts.maintenance(), clock),
                new HostRoutes(parts.hosts, diagnosis, parts.registry, access.audit()),
                new FileRoutes(parts.file, access.audit()),
                new GateRoutes(parts.gates, access.audit(), clock),
                SuppressionRoutes.maintenance(parts.suppressions, access.audit(), clock),
                SuppressionRoutes.silences(parts.suppressions, access.audit(), clock),
                new MetricsRoutes(parts.registry, parts.metrics),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit())));
        features.add(new OpenApiRoutes(
                List.copyOf(features), Probes.KINDS.allowedFor(Source.REGISTRATION), Version.current()));
        return features;
    }
}
