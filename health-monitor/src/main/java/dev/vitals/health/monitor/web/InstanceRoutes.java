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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Registers and deregisters instances, and takes the reports of those that push. A change is answered when it is stored. */
public final class InstanceRoutes implements Routes {
    private static final String INSTANCE = "/api/v1/instances/{app}/{instance}";
    private static final Set<String> IN_QUERY = Set.of("status", "msg", "ping");
    // Five seconds for the store, as many for the first poll, and some.
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final SettingsReader reader;
    private final Registry registry;
    private final PushReports pushReports;
    private final AuditLog audit;
    private final AddressRules rules;
    private final RegistrationBounds bounds;
    private final Diagnosis diagnosis;

    /** The registration in force, and the result of the first poll. */
    private record Answer(Registered registered, Optional<Diagnosis.DiagnosedResult> firstPoll) {}

    /**
     * Registers instances whose addresses the rules allow, as many as the bounds allow.
     *
     * @param diagnosis polls a new instance at once
     */
    public InstanceRoutes(
            SettingsReader reader,
            Registry registry,
            PushReports pushReports,
            AuditLog audit,
            AddressRules rules,
            RegistrationBounds bounds,
            Diagnosis diagnosis) {
        this.reader = reader;
        this.registry = registry;
        this.pushReports = pushReports;
        this.audit = audit;
        this.rules = rules;
        this.bounds = bounds;
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
                        .query("status", "pass, warn, fail or the like, instead of a body")
                        .query("msg", "a message, beside status")
                        .query("ping", "a number, which other monitors keep; not kept here")
                        .takes("Report")
                        .answers(204, Route.Contract.NOTHING));
    }

    private void put(Context context) throws IOException {
        TargetId id = target(context);
        ProbeSettings settings = reader.registration(id, RequestBody.fields(context));
        refuseDenied(rules, settings.probe());
        Actor actor = Gatekeeper.caller(context).actor();
        // A renewal is answered at once.
        boolean known = registry.target(id)
                .filter(before -> before.target().probe().equals(settings.probe()))
                .isPresent();
        if (registry.target(id).isEmpty()) {
            bounds.requireRoom(Gatekeeper.caller(context));
        }
        String prefer = context.header("Prefer");
        CompletableFuture<Answer> stored = registry.register(id, settings, registered -> entry(actor, id, registered))
                .whenComplete((registered, failure) -> {
                    if (failure != null) {
                        // An address that died a moment ago must not keep the name from another one.
                        diagnosis.pollSoon(id);
                    }
                })
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

    // Shared with the checks of hosts. A host name is checked when the monitor connects: it may resolve to another
    // address by then.
    static void refuseDenied(AddressRules rules, Probe probe) {
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
        byte[] body = RequestBody.bytes(context);
        PushReport report = context.queryParamMap().isEmpty()
                ? PushReport.read(body).orElseThrow(() -> Problem.badField("body", null, PushReport.BOUND))
                : reportInQuery(context, body);
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

    // What is not read must be refused: silence means that all is well, and the sender may have said the contrary.
    private static PushReport reportInQuery(Context context, byte[] body) {
        if (body.length > 0) {
            throw Problem.badField("body", null, "empty if the report is in the query");
        }
        context.queryParamMap().forEach((name, values) -> {
            if (!IN_QUERY.contains(name)) {
                // Without the value, which may be a secret.
                throw Problem.badField(name, null, "absent; the parameters are status, msg and ping");
            }
            if (values.size() > 1) {
                throw Problem.badField(name, null, "in the query once");
            }
        });
        String ping = context.queryParam("ping");
        if (ping != null && !ping.matches("[0-9.]{0,20}")) {
            throw Problem.badField("ping", ping, "a number or empty");
        }
        String status = context.queryParam("status");
        String message = context.queryParam("msg");
        return Optional.ofNullable(status)
                .flatMap(word -> PushReport.of(word, message))
                .orElseThrow(() -> Problem.badField(
                        "status", status, "pass, warn, fail, up, down, or another word that health endpoints use"));
    }

    private static TargetId target(Context context) {
        TargetId id = Paths.target(context);
        Gatekeeper.requireApp(context, id.appOrHost());
        return id;
    }
}
