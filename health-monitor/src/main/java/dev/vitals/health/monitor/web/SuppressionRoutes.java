package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.maintenance.TooManyException;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeRange;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Makes, shows, changes and removes maintenance windows, or silences. */
public final class SuppressionRoutes implements Routes {
    private final SuppressionKind kind;
    private final String path;
    private final HoldBack holdBack;
    private final AuditLog audit;

    private SuppressionRoutes(SuppressionKind kind, String path, HoldBack holdBack, AuditLog audit) {
        this.kind = kind;
        this.path = path;
        this.holdBack = holdBack;
        this.audit = audit;
    }

    /** Returns the routes of maintenance windows; changes are written down there. */
    public static SuppressionRoutes maintenance(HoldBack holdBack, AuditLog audit) {
        return new SuppressionRoutes(SuppressionKind.MAINTENANCE, Paths.MAINTENANCE, holdBack, audit);
    }

    /** Returns the routes of silences; changes are written down there. */
    public static SuppressionRoutes silences(HoldBack holdBack, AuditLog audit) {
        return new SuppressionRoutes(SuppressionKind.SILENCE, Paths.SILENCES, holdBack, audit);
    }

    @Override
    public List<Route> routes() {
        String one = path + "/{id}";
        String what = kind == SuppressionKind.MAINTENANCE ? "maintenance window" : "silence";
        return List.of(
                Route.post(path, Permission.OPERATE, this::add, "Make a " + what)
                        .takes("Suppression")
                        .answers(201, "Object"),
                Route.get(path, Permission.VIEW, this::list, "List every " + what)
                        .query("active", "true for those in force now alone"),
                Route.get(one, Permission.VIEW, this::show, "Show a " + what),
                Route.put(one, Permission.OPERATE, this::replace, "Change a " + what)
                        .takes("Suppression"),
                Route.delete(one, Permission.OPERATE, this::remove, "Remove a " + what));
    }

    private <T> CompletableFuture<T> audited(Context context, String action, String id, CompletableFuture<T> stored) {
        Actor actor = Gatekeeper.caller(context).actor();
        return stored.thenCompose(value -> audit.add(actor, kind.word() + "." + action, kind.word() + ":" + id, "")
                .thenApply(done -> value));
    }

    private void requireScope(Context context, String id) {
        suppressions().find(kind, id).ifPresent(one -> ScopeRule.require(context, one.selection()));
    }

    private Suppressions suppressions() {
        return holdBack.suppressions();
    }

    private Suppression read(Context context, String id) throws IOException {
        return SuppressionReader.read(JsonBody.fields(context, Selection.MAX_BYTES), kind, id, holdBack.now());
    }

    private void add(Context context) throws IOException {
        Suppression asked = read(context, UUID.randomUUID().toString());
        ScopeRule.require(context, asked.selection());
        AsyncResponse.answer(
                context,
                audited(context, "create", asked.id(), suppressions().add(asked)),
                added -> {
                    context.status(201).header("Location", path + "/" + added.id());
                    write(context, added);
                },
                failure -> {
                    if (failure instanceof TooManyException tooMany) {
                        Problem.of(429, String.valueOf(tooMany.getMessage())).write(context);
                    }
                    return failure instanceof TooManyException;
                });
    }

    private void replace(Context context) throws IOException {
        String id = context.pathParam("id");
        requireScope(context, id);
        Suppression asked = read(context, id);
        ScopeRule.require(context, asked.selection());
        AsyncResponse.answer(
                context,
                audited(context, "change", id, suppressions().replace(asked)),
                found -> found.ifPresentOrElse(
                        one -> write(context, one), () -> unknown(id).write(context)));
    }

    private void remove(Context context) {
        String id = context.pathParam("id");
        requireScope(context, id);
        AsyncResponse.answer(
                context, audited(context, "remove", id, suppressions().remove(kind, id, holdBack.now())), wasThere -> {
                    if (wasThere) {
                        context.status(204);
                    } else {
                        unknown(id).write(context);
                    }
                });
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        write(
                context,
                suppressions().find(kind, id).orElseThrow(() -> unknown(id).exception()));
    }

    private void list(Context context) {
        String active = context.queryParam("active");
        if (active != null && !active.equals("true") && !active.equals("false")) {
            throw Paths.refused(new FieldError("active", active, "true or false"));
        }
        List<Map<String, Object>> shown = suppressions().all(kind).stream()
                .map(this::shape)
                .filter(fields -> active == null || Boolean.valueOf(active).equals(fields.get("active")))
                .toList();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Shape.answer(context, json -> json.writePOJO(Map.of(name, shown)));
    }

    private Problem unknown(String id) {
        return Problem.of(404, "there is no " + kind.word() + " " + id);
    }

    private void write(Context context, Suppression one) {
        Shape.answer(context, json -> json.writePOJO(shape(one)));
    }

    private Map<String, Object> shape(Suppression one) {
        Instant now = holdBack.now();
        Optional<TimeRange> next = one.when().next(now);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.putAll(one.fields());
        fields.put("active", next.filter(range -> range.contains(now)).isPresent());
        next.ifPresent(range -> {
            Map<String, Object> times = new LinkedHashMap<>();
            times.put("from", Rfc3339.text(range.from()));
            times.put("to", Rfc3339.text(range.to()));
            fields.put("next", times);
        });
        return fields;
    }
}
