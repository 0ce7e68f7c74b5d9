package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes, shows, changes, removes and tries the checks of hosts. Answers when it is stored. */
public final class HostRoutes implements Routes {
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Sources sources;
    private final HostChecks hosts;
    private final Registry registry;
    private final AuditLog audit;

    /** Makes checks there. */
    public HostRoutes(Sources sources, Registry registry, AuditLog audit) {
        this.sources = sources;
        this.hosts = sources.hosts();
        this.registry = registry;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Paths.HOSTS, Permission.VIEW, this::hosts, "List the hosts that have checks"),
                Route.get(Paths.HOST_CHECKS, Permission.VIEW, this::list, "List the checks of a host"),
                Route.post(Paths.HOST_CHECKS, Permission.OPERATE, this::create, "Make a check of a host")
                        .takes("HostCheck")
                        .answers(201, "Object"),
                Route.get(Paths.HOST_CHECK, Permission.VIEW, this::show, "Show a check of a host"),
                Route.put(Paths.HOST_CHECK, Permission.OPERATE, this::put, "Make or change a check of a host")
                        .takes("HostCheck")
                        .alsoAnswers(201, "Object"),
                Route.delete(Paths.HOST_CHECK, Permission.OPERATE, this::delete, "Remove a check of a host"),
                Route.post(Paths.HOST_CHECK_TEST, Permission.OPERATE, this::test, "Run a check of a host now")
                        .answers(200, "Finding"));
    }

    private AuditEntry entry(Context context, String action, TargetId id) {
        return audit.entry(Gatekeeper.caller(context).actor(), action, "check:" + id, "");
    }

    private void hosts(Context context) {
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeNumberField("maxChecks", hosts.maxPerHost());
            json.writeArrayFieldStart("hosts");
            for (String host : hosts.hosts()) {
                HostShape.host(json, host, hosts.checks(host), registry);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void list(Context context) {
        String host = Paths.host(context);
        List<HostCheck> checks = hosts.checks(host);
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeStringField("host", host);
            json.writeNumberField("maxChecks", hosts.maxPerHost());
            json.writeArrayFieldStart("checks");
            for (HostCheck check : checks) {
                HostShape.check(json, check, registry);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void show(Context context) {
        HostCheck check = required(Paths.check(context));
        Shape.answer(context, json -> HostShape.check(json, check, registry));
    }

    private HostCheck required(TargetId id) {
        return hosts.check(id)
                .orElseThrow(
                        () -> Problem.of(404, id + " is no check of a host").exception());
    }

    private void create(Context context) throws IOException {
        CheckDraft draft = draft(context, Paths.host(context), null, null);
        Gatekeeper.requireScope(context, draft.settings().labels());
        CompletableFuture<HostCheck> made = hosts.create(draft, entry(context, "check.create", draft.id()));
        AsyncResponse.answer(context, made, check -> {
            context.header("Location", "/api/v1/hosts/" + check.host() + "/checks/" + check.name());
            context.status(201);
            Shape.answer(context, json -> HostShape.check(json, check, registry));
        });
    }

    private void put(Context context) throws IOException {
        TargetId id = Paths.check(context);
        HostCheck before = hosts.check(id).orElse(null);
        CheckDraft draft = draft(context, id.appOrHost(), id.name(), before);
        Gatekeeper.requireScope(context, draft.settings().labels());
        if (before != null) {
            Gatekeeper.requireScope(context, before.settings().labels());
        }
        CompletableFuture<HostCheck> made = hosts.put(draft, entry(context, "check.change", id));
        AsyncResponse.answer(context, made, check -> {
            context.status(before == null ? 201 : 200);
            Shape.answer(context, json -> HostShape.check(json, check, registry));
        });
    }

    private void delete(Context context) {
        TargetId id = Paths.check(context);
        hosts.check(id)
                .ifPresent(check ->
                        Gatekeeper.requireScope(context, check.settings().labels()));
        CompletableFuture<Boolean> removed = hosts.remove(id, entry(context, "check.remove", id));
        AsyncResponse.answer(context, removed, wasThere -> context.status(204));
    }

    private void test(Context context) {
        HostCheck check = required(Paths.check(context));
        Gatekeeper.requireScope(context, check.settings().labels());
        Target target = Target.configured(check.id(), Source.HOST, check.settings(), Instant.EPOCH);
        AsyncResponse.answer(
                context,
                sources.doctor().trial(target),
                check.settings().timeout().plus(SLACK),
                finding -> Shape.answer(context, json -> FindingShape.write(json, finding)));
    }

    private static CheckDraft draft(Context context, String host, @Nullable String name, @Nullable HostCheck before)
            throws IOException {
        return CheckDraft.read(host, name, JsonBody.object(context), before);
    }
}
