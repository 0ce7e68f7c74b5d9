package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.deployment.Deployments;
import dev.vitals.health.monitor.deployment.Deployments.TooManyDeploymentsException;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.Deployment.Kind;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.DeploymentStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the events of deployments, and shows deployments with their timelines. */
public final class DeploymentRoutes implements Routes {
    private static final String DEPLOYMENTS = "/api/v1/deployments";
    private static final String ONE = DEPLOYMENTS + "/{id}";
    private static final String NAME = "deployments";
    private static final String STARTED = Kind.STARTED.word();
    private static final String LATER = "deployment_log, deployment_completed or deployment_failed";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_LINES = 500;
    private static final String LINES = "an array of 1 to " + MAX_LINES + " texts";

    private final Deployments deployments;
    private final DeploymentStore store;
    private final Registry registry;
    private final Gates gates;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Works on these deployments; the registry and the gates tell who may change them. */
    public DeploymentRoutes(
            Deployments deployments,
            DeploymentStore store,
            Registry registry,
            Gates gates,
            AuditLog audit,
            InstantSource clock) {
        this.deployments = deployments;
        this.store = store;
        this.registry = registry;
        this.gates = gates;
        this.audit = audit;
        this.clock = clock;
    }

    private record DeploymentAnswer(
            String id,
            String app,
            @Nullable String instance,
            @Nullable String gate,
            @Nullable String version,
            @Nullable String by,
            String state,
            Instant startedAt,
            Instant latestAt,
            @Nullable Instant endedAt,
            @Nullable String reason,
            int lines,
            int droppedLines) {
        static DeploymentAnswer of(Deployment one) {
            return new DeploymentAnswer(
                    one.id(),
                    one.app(),
                    one.instance(),
                    one.gate(),
                    one.version(),
                    one.by(),
                    one.state().word(),
                    one.startedAt(),
                    one.latestAt(),
                    one.endedAt(),
                    one.reason(),
                    one.lines(),
                    one.droppedLines());
        }
    }

    private record EventAnswer(int number, Instant at, String type, String text) {
        static EventAnswer of(Deployment.Event event) {
            return new EventAnswer(event.number(), event.at(), event.kind().word(), event.text());
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(DEPLOYMENTS, Permission.OPERATE, this::start, "Tell that a deployment has started")
                        .takes("DeploymentStart")
                        .answers(201, "Deployment"),
                Route.get(DEPLOYMENTS, Permission.VIEW, this::list, "List deployments, the newest first")
                        .query("app", "Only those of this app")
                        .query("state", "running, completed or failed; all if absent")
                        .query("limit", "How many, 1 to 1000; 100 if absent")
                        .answers(200, "Deployments"),
                Route.get(ONE, Permission.VIEW, this::show, "Show a deployment with its timeline")
                        .answers(200, "DeploymentDetail"),
                Route.post(ONE + "/events", Permission.OPERATE, this::event, "Add to a log, or end a deployment")
                        .takes("DeploymentEvent")
                        .answers(200, "Deployment"),
                Route.get(
                                Paths.TARGET + "/deployments",
                                Permission.VIEW,
                                this::ofTarget,
                                "List the deployments of a target and of its whole app, the newest first")
                        .query("limit", "How many, 1 to 1000; 100 if absent")
                        .answers(200, "Deployments"),
                Route.get(
                                "/api/v1/gates/{id}/deployments",
                                Permission.VIEW,
                                this::ofGate,
                                "List the deployments that a gate let go ahead, the newest first")
                        .query("limit", "How many, 1 to 1000; 100 if absent")
                        .answers(200, "Deployments"));
    }

    private void start(Context context) throws IOException {
        Deployment started = read(RequestBody.fields(context), Gatekeeper.name(context));
        requireScope(context, started);
        if (started.gate() != null) {
            GateView gate = gates.view(started.gate())
                    .orElseThrow(() -> Problem.badField("gate", started.gate(), "the id of a gate that exists"));
            Gatekeeper.requireScope(context, gate.gate().selection());
        }
        AsyncResponse.write(
                context,
                deployments.start(started).thenCompose(stored -> noted(context, "start", stored)),
                stored -> {
                    context.status(201).header("Location", DEPLOYMENTS + "/" + stored.id());
                    JsonResponse.write(context, DeploymentAnswer.of(stored));
                },
                failure -> {
                    if (failure instanceof TooManyDeploymentsException tooMany) {
                        Problem.of(429, String.valueOf(tooMany.getMessage())).write(context);
                        return true;
                    }
                    return false;
                });
    }

    private Deployment read(Fields fields, String caller) {
        // It may be absent: the path says it already.
        fields.text("type", STARTED, STARTED::equals);
        String app = fields.required("app", TargetId.BOUND, TargetId::isName);
        String instance = fields.text("instance", TargetId.BOUND, TargetId::isName);
        String gate = fields.text("gate", "the id of a gate");
        String version =
                fields.text("version", Deployment.VERSION, text -> Fields.isLine(text, Deployment.MAX_VERSION));
        String by = fields.text("by", Attribution.BY, text -> Fields.isLine(text, Attribution.MAX_BY));
        fields.refuseOthers();
        fields.errors().check();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Deployment(
                UUID.randomUUID().toString(),
                app,
                instance,
                gate,
                version,
                by == null ? caller : by,
                Deployment.State.RUNNING,
                now,
                now,
                null,
                null,
                0);
    }

    /** Throws a problem unless the caller may change every target that is deployed. */
    private void requireScope(Context context, Deployment deployment) {
        Gatekeeper.requireApp(context, deployment.app());
        List<Target> targets = new ArrayList<>();
        registry.each(watched -> {
            TargetId id = watched.id();
            boolean named =
                    deployment.instance() == null || deployment.instance().equals(id.name());
            if (named && id.appOrHost().equals(deployment.app())) {
                targets.add(watched.target());
            }
        });
        if (targets.isEmpty()) {
            // Nobody knows its labels, so only who may change everything may speak of it.
            Gatekeeper.requireScope(context, Map.of());
        }
        targets.forEach(target -> Gatekeeper.requireScope(context, target.labels()));
    }

    private void event(Context context) throws IOException {
        Deployment known = find(context);
        requireScope(context, known);
        Fields fields = RequestBody.fields(context);
        Kind kind = fields.read(
                "type",
                LATER,
                value -> Kind.of(value.toString())
                        .filter(one -> one != Kind.STARTED)
                        .orElse(null));
        if (kind == null) {
            fields.refuse("type", fields.value("type"), LATER);
            fields.errors().check();
            return;
        }
        CompletableFuture<Optional<Deployment>> stored = switch (kind) {
            case LOG -> deployments.log(known.id(), lines(fields));
            case COMPLETED -> end(context, known, Deployment.State.COMPLETED, reason(fields, false));
            case STARTED, FAILED -> end(context, known, Deployment.State.FAILED, reason(fields, true));
        };
        AsyncResponse.write(
                context,
                stored,
                now -> JsonResponse.write(
                        context,
                        DeploymentAnswer.of(
                                now.orElseThrow(() -> unknown(known.id()).exception()))));
    }

    private static List<String> lines(Fields fields) {
        List<String> lines = fields.texts("lines", LINES);
        if (!fields.isRefused("lines") && (lines.isEmpty() || lines.size() > MAX_LINES)) {
            fields.refuse("lines", lines.isEmpty() ? null : lines.size() + " texts", LINES);
        }
        fields.refuseOthers();
        fields.errors().check();
        return lines;
    }

    private static @Nullable String reason(Fields fields, boolean required) {
        String reason = required
                ? fields.required("reason", Attribution.REASON, DeploymentRoutes::isReason)
                : fields.text("reason", Attribution.REASON, DeploymentRoutes::isReason);
        fields.refuseOthers();
        fields.errors().check();
        return reason;
    }

    private static boolean isReason(String text) {
        return !text.isBlank() && text.length() <= Attribution.MAX_REASON;
    }

    private CompletableFuture<Optional<Deployment>> end(
            Context context, Deployment known, Deployment.State end, @Nullable String reason) {
        String action = end == Deployment.State.COMPLETED ? "complete" : "fail";
        return deployments
                .end(known.id(), end, reason)
                .thenCompose(stored -> stored.isEmpty()
                        ? CompletableFuture.completedFuture(stored)
                        : noted(context, action, stored.get()).thenApply(Optional::of));
    }

    private CompletableFuture<Deployment> noted(Context context, String action, Deployment stored) {
        Actor actor = Gatekeeper.caller(context).actor();
        String detail = stored.app()
                + (stored.instance() == null ? "" : "/" + stored.instance())
                + (stored.version() == null ? "" : " " + stored.version())
                + (stored.reason() == null ? "" : ": " + stored.reason());
        return audit.add(actor, "deployment." + action, "deployment:" + stored.id(), detail)
                .thenApply(done -> stored);
    }

    private Deployment find(Context context) {
        String id = context.pathParam("id");
        return store.find(id).orElseThrow(() -> unknown(id).exception());
    }

    private static Problem unknown(String id) {
        return Problem.of(404, "there is no deployment " + id);
    }

    private void show(Context context) {
        Deployment found = find(context);
        ListResponse.write(
                context,
                DeploymentAnswer.of(found),
                ListResponse.Rows.of("events", store.events(found.id()), EventAnswer::of));
    }

    private void list(Context context) {
        String app = context.queryParam("app");
        if (app != null && !TargetId.isName(app)) {
            throw Problem.badField("app", app, TargetId.BOUND);
        }
        Deployment.State state =
                Query.choice(context, "state", List.of(Deployment.State.values()), Deployment.State::word);
        write(context, new DeploymentStore.Filter(app, null, null, state));
    }

    private void ofTarget(Context context) {
        TargetId target = Paths.target(context);
        write(context, new DeploymentStore.Filter(target.appOrHost(), target.name(), null, null));
    }

    private void ofGate(Context context) {
        String id = context.pathParam("id");
        if (gates.view(id).isEmpty()) {
            throw Problem.of(404, "there is no gate " + id).exception();
        }
        write(context, new DeploymentStore.Filter(null, null, id, null));
    }

    private void write(Context context, DeploymentStore.Filter filter) {
        int limit = (int) Query.number(context, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        ListResponse.write(
                context, Map.of(), ListResponse.Rows.of(NAME, store.list(filter, limit), DeploymentAnswer::of));
    }
}
