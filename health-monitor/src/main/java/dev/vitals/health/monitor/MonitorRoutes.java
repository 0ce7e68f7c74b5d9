package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.incident.DryRun;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.web.AuditRoutes;
import dev.vitals.health.monitor.web.BacktestRoutes;
import dev.vitals.health.monitor.web.ChannelRoutes;
import dev.vitals.health.monitor.web.DeploymentRoutes;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.FileRoutes;
import dev.vitals.health.monitor.web.GateRoutes;
import dev.vitals.health.monitor.web.GroupRoutes;
import dev.vitals.health.monitor.web.HistoryRoutes;
import dev.vitals.health.monitor.web.HostRoutes;
import dev.vitals.health.monitor.web.IncidentRoutes;
import dev.vitals.health.monitor.web.InstanceRoutes;
import dev.vitals.health.monitor.web.LinkRoutes;
import dev.vitals.health.monitor.web.LoginRoutes;
import dev.vitals.health.monitor.web.MessageRoutes;
import dev.vitals.health.monitor.web.MetricsRoutes;
import dev.vitals.health.monitor.web.OpenApiRoutes;
import dev.vitals.health.monitor.web.OwnMaintenanceRoutes;
import dev.vitals.health.monitor.web.ReceiverRoutes;
import dev.vitals.health.monitor.web.RegistrationBounds;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.RuleRoutes;
import dev.vitals.health.monitor.web.SecretRoutes;
import dev.vitals.health.monitor.web.StreamRoutes;
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

    static List<Routes> of(MonitorComponents components, PageRoutes pages) {
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
                        new RegistrationBounds(
                                components.registry,
                                components.settings.maxInstances,
                                components.settings.maxInstancesPerToken,
                                components.scheduler::nanoTime),
                        diagnosis),
                new OwnMaintenanceRoutes(components.registry, components.suppressions, access.audit(), clock),
                new TargetRoutes(components.registry, components.suppressions, clock),
                new GroupRoutes(components.registry, components.suppressions, clock),
                new HistoryRoutes(components.registry, components.history, components.maintenance(), clock),
                new BacktestRoutes(components.registry, pages.backtest),
                new HostRoutes(components.hosts, diagnosis, components.registry, access.audit(), pages.drafts),
                new FileRoutes(components.file, access.audit()),
                new GateRoutes(components.gates, access.audit(), clock),
                new DeploymentRoutes(
                        components.deployments,
                        components.deploymentStore,
                        components.registry,
                        components.gates,
                        access.audit(),
                        clock),
                SuppressionRoutes.maintenance(components.suppressions, components.registry, access.audit(), clock),
                SuppressionRoutes.silences(components.suppressions, components.registry, access.audit(), clock),
                new RuleRoutes(components.ruleBook, access.audit()),
                new ChannelRoutes(
                        components.ruleBook, components.channels, components.incidents, access.audit(), clock),
                new ReceiverRoutes(
                        components.registry,
                        new DryRun(
                                components.registry,
                                components.incidents,
                                components.rulesInForce,
                                components.channels,
                                components.suppressions,
                                clock)),
                new IncidentRoutes(
                        components.registry,
                        components.incidents,
                        components.incidentStore,
                        components.messages,
                        access.audit(),
                        clock),
                new LinkRoutes(
                        access.links(),
                        components.incidents,
                        components.incidentStore,
                        components.suppressions,
                        components.ruleBook,
                        access.audit(),
                        clock,
                        components.settings.zone),
                new MessageRoutes(
                        components.registry,
                        components.incidentStore,
                        components.messages,
                        components.outbox,
                        access.audit(),
                        clock),
                new MetricsRoutes(components.registry, components.metrics),
                new StreamRoutes(),
                new LoginRoutes(access.sessions()),
                new TokenRoutes(access.tokens(), clock),
                new UserRoutes(access.users()),
                new SecretRoutes(access.secrets()),
                new AuditRoutes(access.audit(), clock)));
        routes.addAll(pages.routes(diagnosis));
        routes.add(new OpenApiRoutes(
                List.copyOf(routes), Probes.KINDS.allowedFor(Source.REGISTRATION), Version.current()));
        return routes;
    }
}
