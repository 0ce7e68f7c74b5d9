package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.HealthProbe;
import dev.vitals.health.monitor.model.Settings;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.net.AddressRules;
import dev.vitals.health.monitor.registry.Registered;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Registers and deregisters instances, for those who have a token. Answers when it is stored. */
public final class InstanceRoutes implements Routes {
    private final Registry registry;
    private final AuditLog audit;
    private final AddressRules rules;

    /** Registers there, if these rules let the address through. */
    public InstanceRoutes(Registry registry, AuditLog audit, AddressRules rules) {
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
        Settings settings = RegistrationReader.read(Body.read(context));
        if (settings.probe() instanceof HealthProbe probe) {
            refuseDenied(probe.url());
        }
        Actor actor = Gatekeeper.caller(context).actor();
        CompletableFuture<Registered> stored =
                registry.register(id, settings).thenCompose(registered -> audited(actor, id, registered));
        Deferred.answer(context, stored, registered -> {
            context.status(registered.created() ? 201 : 200);
            context.header("Location", Paths.of(id));
            Shape.answer(context, json -> Shape.registration(json, registered.target()));
        });
    }

    // A name is judged when it is connected to: here it could say one thing, and there another.
    private void refuseDenied(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        rules.refusal(url.getHost(), port).ifPresent(reason -> {
            throw Paths.refused(
                    new FieldError("url", url.toString(), "a URL that the monitor may connect to; " + reason));
        });
    }

    private CompletableFuture<Registered> audited(Actor actor, TargetId id, Registered registered) {
        if (!registered.changed()) {
            return CompletableFuture.completedFuture(registered);
        }
        String action = registered.created() ? "instance.register" : "instance.change";
        Target target = registered.target();
        String detail = target.probe() + ", labels " + target.labels();
        return audit.add(actor, action, "instance:" + id, detail).thenApply(stored -> registered);
    }

    private void delete(Context context) {
        TargetId id = target(context);
        Actor actor = Gatekeeper.caller(context).actor();
        CompletableFuture<Boolean> stored = registry.deregister(id)
                .thenCompose(wasThere -> wasThere
                        ? audit.add(actor, "instance.deregister", "instance:" + id, "")
                                .thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
        Deferred.answer(context, stored, wasThere -> context.status(204));
    }

    private static TargetId target(Context context) {
        TargetId id = Paths.target(context);
        Scope scope = Gatekeeper.caller(context).scope();
        if (!scope.coversApp(id.app())) {
            throw Problem.forbidden("this token is for apps whose names begin with " + scope.appPrefix())
                    .exception();
        }
        return id;
    }
}
