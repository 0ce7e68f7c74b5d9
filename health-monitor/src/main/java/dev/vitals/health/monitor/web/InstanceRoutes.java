package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.HealthProbe;
import dev.vitals.health.monitor.probe.PushProbe;
import dev.vitals.health.monitor.probe.PushReport;
import dev.vitals.health.monitor.probe.PushReports;
import dev.vitals.health.monitor.registry.Registered;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Registers and deregisters instances, and takes the reports of those that push. A change is answered when it is stored. */
public final class InstanceRoutes implements Routes {
    private static final String INSTANCE = "/api/v1/instances/{app}/{instance}";
    // Five seconds for the store, as many for the first poll, and some.
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final SettingsReader reader;
    private final Registry registry;
    private final PushReports pushReports;
    private final AuditLog audit;
    private final AddressRules rules;
    private final Diagnosis diagnosis;

    /** The registration in force, and the result of the first poll. */
    private record Answer(Registered registered, Optional<Diagnosis.DiagnosedResult> firstPoll) {}

    /**
     * Registers instances whose addresses the rules allow.
     *
     * @param diagnosis polls a new instance at once
     */
    public InstanceRoutes(
            SettingsReader reader,
            Registry registry,
            PushReports pushReports,
            AuditLog audit,
            AddressRules rules,
            Diagnosis diagnosis) {
        this.reader = reader;
        this.registry = registry;
        this.pushReports = pushReports;
        this.audit = audit;
        this.rules = rules;
        this.diagnosis = diagnosis;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put(INSTANCE, Permission.REGISTER, this::put, "Register an instance, or renew its registration")
                        .takes("Registration")
                        .answers(200, "Registered")
                        .answers(201, "Registered"),
                Route.delete(INSTANCE, Permission.REGISTER, this::delete, "Remove a registration")
                        .answers(204, Route.Contract.NOTHING),
                Route.post("/api/v1/push/{app}/{instance}", Permission.REGISTER, this::push, "Report how an app is")
                        .takes("Report")
                        .answers(204, Route.Contract.NOTHING));
    }

    private void put(Context context) throws IOException {
        TargetId id = target(context);
        ProbeSettings settings = reader.registration(RequestBody.fields(context));
        refuseDenied(settings.probe());
        Actor actor = Gatekeeper.caller(context).actor();
        // A renewal is answered at once.
        boolean known = registry.target(id)
                .filter(before -> before.target().probe().equals(settings.probe()))
                .isPresent();
        String prefer = context.header("Prefer");
        CompletableFuture<Answer> stored = registry.register(id, settings, registered -> entry(actor, id, registered))
                .thenCompose(registered -> polled(registered, known, prefer));
        AsyncResponse.write(context, stored, TIMEOUT, answer -> {
            context.status(answer.registered().created() ? 201 : 200);
            context.header("Location", Paths.TARGETS + "/" + id);
            JsonResponse.write(context, members(answer));
        });
    }

    private CompletableFuture<Answer> polled(Registered registered, boolean known, @Nullable String prefer) {
        return known
                ? CompletableFuture.completedFuture(new Answer(registered, Optional.empty()))
                : diagnosis
                        .firstPoll(registered.target(), prefer)
                        .thenApply(firstPoll -> new Answer(registered, firstPoll));
    }

    /** Returns the registration in force, its defaults filled in, as it may be sent again. */
    private static Map<String, Object> members(Answer answer) {
        Target target = answer.registered().target();
        ProbeSettings settings = target.settings();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("app", target.id().appOrHost());
        members.put("instance", target.id().name());
        // A request need not name the kind health, and neither does the answer.
        if (!(settings.probe() instanceof HealthProbe)) {
            members.put("kind", settings.probe().kind());
        }
        members.putAll(settings.probe().fields());
        members.put("interval", JsonResponse.seconds(settings.interval()));
        members.put("timeout", JsonResponse.seconds(settings.timeout()));
        members.put("unhealthy", settings.thresholds().failureThreshold());
        members.put("healthy", settings.thresholds().successThreshold());
        members.put("notify", settings.notifyAddresses());
        members.put("labels", settings.labels());
        members.put("lease", JsonResponse.seconds(settings.lease()));
        answer.firstPoll().ifPresent(diagnosed -> members.put("firstPoll", Diagnosis.Answer.of(diagnosed)));
        return members;
    }

    // A host name is checked when the monitor connects: it may resolve to another address by then.
    private void refuseDenied(Probe probe) {
        Endpoint endpoint = probe.endpoint();
        if (endpoint != null) {
            rules.refusal(endpoint.host(), endpoint.port()).ifPresent(reason -> {
                Object sent = probe.fields().get(endpoint.field());
                throw Problem.badField(endpoint.field(), sent, "one that the monitor may connect to; " + reason);
            });
        }
    }

    private AuditEntry entry(Actor actor, TargetId id, Registered registered) {
        String action = registered.created() ? "instance.register" : "instance.change";
        Target target = registered.target();
        String detail = target.probe() + ", labels " + target.labels();
        return audit.entry(actor, action, "instance:" + id, detail);
    }

    private void delete(Context context) {
        TargetId id = target(context);
        Actor actor = Gatekeeper.caller(context).actor();
        CompletableFuture<Boolean> stored =
                registry.deregister(id, audit.entry(actor, "instance.deregister", "instance:" + id, ""));
        AsyncResponse.write(context, stored, existed -> context.status(204));
    }

    private void push(Context context) throws IOException {
        TargetId id = target(context);
        PushReport report = PushReport.read(RequestBody.bytes(context))
                .orElseThrow(() -> Problem.badField("body", null, PushReport.BOUND));
        boolean pushes = registry.target(id)
                        .orElseThrow(
                                () -> Problem.of(404, id + " is not registered").exception())
                        .target()
                        .probe()
                instanceof PushProbe;
        if (!pushes || !pushReports.report(id, report)) {
            throw Problem.of(409, id + " is polled and cannot report").exception();
        }
        context.status(204);
    }

    private static TargetId target(Context context) {
        TargetId id = Paths.target(context);
        Gatekeeper.requireApp(context, id.appOrHost());
        return id;
    }
}
