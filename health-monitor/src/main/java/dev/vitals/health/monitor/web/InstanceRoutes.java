package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.poll.DiagnosedResult;
import dev.vitals.health.monitor.registry.Registered;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Registers and deregisters instances, for those who have a token. Answers when it is stored. */
public final class InstanceRoutes implements Routes {
    // Five seconds for the store, and as many for the first poll.
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Registry registry;
    private final AuditLog audit;
    private final AddressRules rules;
    private final Diagnosis doctor;

    /** What is in force, and what the first poll found. */
    private record Answer(Registered registered, Optional<DiagnosedResult> finding) {}

    /** Registers there, if these rules let the address through; the doctor explains whether it can be reached. */
    public InstanceRoutes(Registry registry, AuditLog audit, AddressRules rules, Diagnosis doctor) {
        this.doctor = doctor;
        this.registry = registry;
        this.audit = audit;
        this.rules = rules;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put(
                                Paths.INSTANCE,
                                Permission.REGISTER,
                                this::put,
                                "Register an instance, or renew its registration")
                        .takes("Registration")
                        .answers(200, "Registered")
                        .alsoAnswers(201, "Registered"),
                Route.delete(Paths.INSTANCE, Permission.REGISTER, this::delete, "Take a registration back"));
    }

    private void put(Context context) throws IOException {
        TargetId id = target(context);
        ProbeSettings settings = SettingsReader.registration(JsonBody.fields(context));
        refuseDenied(settings.probe());
        Actor actor = Gatekeeper.caller(context).actor();
        // Who renews is not kept waiting.
        boolean known = registry.target(id)
                .filter(before -> before.target().probe().equals(settings.probe()))
                .isPresent();
        String prefer = Diagnosis.prefer(context);
        CompletableFuture<Answer> stored = registry.register(id, settings, registered -> entry(actor, id, registered))
                .thenCompose(registered -> examined(registered, known, prefer));
        AsyncResponse.answer(context, stored, PATIENCE, answer -> {
            context.status(answer.registered().created() ? 201 : 200);
            context.header("Location", Paths.of(id));
            Shape.answer(context, json -> {
                json.writeStartObject();
                Shape.registrationMembers(json, answer.registered().target());
                if (answer.finding().isPresent()) {
                    json.writeFieldName("firstPoll");
                    FindingShape.write(json, answer.finding().get());
                }
                json.writeEndObject();
            });
        });
    }

    private CompletableFuture<Answer> examined(Registered registered, boolean known, @Nullable String prefer) {
        return known
                ? CompletableFuture.completedFuture(new Answer(registered, Optional.empty()))
                : doctor.first(registered.target(), prefer).thenApply(finding -> new Answer(registered, finding));
    }

    // A name is judged when it is connected to: here it could say one thing, and there another.
    private void refuseDenied(Probe probe) {
        Endpoint endpoint = probe.endpoint();
        if (endpoint != null) {
            rules.refusal(endpoint.host(), endpoint.port()).ifPresent(reason -> {
                Object sent = probe.fields().get(endpoint.field());
                throw Paths.refused(
                        new FieldError(endpoint.field(), sent, "one that the monitor may connect to; " + reason));
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
        AsyncResponse.answer(context, stored, wasThere -> context.status(204));
    }

    private static TargetId target(Context context) {
        TargetId id = Paths.target(context);
        Scope scope = Gatekeeper.caller(context).scope();
        if (!scope.coversApp(id.appOrHost())) {
            throw Problem.forbidden("this token is for apps whose names begin with " + scope.appPrefix())
                    .exception();
        }
        return id;
    }
}
