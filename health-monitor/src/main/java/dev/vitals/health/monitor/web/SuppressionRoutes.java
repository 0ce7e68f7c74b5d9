package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionBuilder;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.maintenance.Suppressions.TooManySuppressionsException;
import dev.vitals.health.monitor.maintenance.WeeklyReader;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.TimeText;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Creates, shows, changes and removes maintenance windows, or silences. */
public final class SuppressionRoutes implements Routes {
    private final SuppressionKind kind;
    private final String path;
    private final Suppressions suppressions;
    private final Registry registry;
    private final AuditLog audit;
    private final InstantSource clock;

    private SuppressionRoutes(
            SuppressionKind kind,
            String path,
            Suppressions suppressions,
            Registry registry,
            AuditLog audit,
            InstantSource clock) {
        this.kind = kind;
        this.path = path;
        this.suppressions = suppressions;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the routes of maintenance windows. */
    public static SuppressionRoutes maintenance(
            Suppressions suppressions, Registry registry, AuditLog audit, InstantSource clock) {
        return new SuppressionRoutes(
                SuppressionKind.MAINTENANCE, "/api/v1/maintenance", suppressions, registry, audit, clock);
    }

    /** Returns the routes of silences. */
    public static SuppressionRoutes silences(
            Suppressions suppressions, Registry registry, AuditLog audit, InstantSource clock) {
        return new SuppressionRoutes(SuppressionKind.SILENCE, "/api/v1/silences", suppressions, registry, audit, clock);
    }

    /** The current occurrence, or the next one. */
    private record Occurrence(Instant from, Instant to) {}

    @Override
    public List<Route> routes() {
        String one = path + "/{id}";
        boolean maintenance = kind == SuppressionKind.MAINTENANCE;
        String what = maintenance ? "maintenance window" : "silence";
        return List.of(
                Route.post(path, Permission.OPERATE, this::add, "Create a " + what)
                        .takes("SuppressionRequest")
                        .answers(201, "Suppression"),
                Route.get(path, Permission.VIEW, this::list, "List every " + what)
                        .query("active", "true for those in force now, false for the others")
                        .answers(200, maintenance ? "MaintenanceWindows" : "Silences"),
                Route.get(one, Permission.VIEW, this::show, "Show a " + what).answers(200, "Suppression"),
                Route.put(one, Permission.OPERATE, this::replace, "Change a " + what)
                        .takes("SuppressionRequest")
                        .answers(200, "Suppression"),
                Route.delete(one, Permission.OPERATE, this::remove, "Remove a " + what)
                        .answers(204, Route.Contract.NOTHING));
    }

    private <T> CompletableFuture<T> audited(Context context, String action, String id, CompletableFuture<T> stored) {
        Actor actor = Gatekeeper.caller(context).actor();
        return stored.thenCompose(value -> audit.add(actor, kind.word() + "." + action, kind.word() + ":" + id, "")
                .thenApply(done -> value));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void requireScope(Context context, String id) {
        suppressions.find(kind, id).ifPresent(one -> Gatekeeper.requireScope(context, one.selection()));
    }

    private void add(Context context) throws IOException {
        Suppression requested = read(context, UUID.randomUUID().toString());
        Gatekeeper.requireScope(context, requested.selection());
        AsyncResponse.write(
                context,
                audited(context, "create", requested.id(), suppressions.add(requested)),
                added -> {
                    context.status(201).header("Location", path + "/" + added.id());
                    JsonResponse.write(context, withNote(added));
                },
                failure -> {
                    if (failure instanceof TooManySuppressionsException tooMany) {
                        Problem.of(429, String.valueOf(tooMany.getMessage())).write(context);
                        return true;
                    }
                    return false;
                });
    }

    private void replace(Context context) throws IOException {
        String id = context.pathParam("id");
        requireScope(context, id);
        Suppression requested = read(context, id);
        Gatekeeper.requireScope(context, requested.selection());
        AsyncResponse.write(
                context,
                audited(context, "change", id, suppressions.replace(requested)),
                found -> JsonResponse.write(
                        context, withNote(found.orElseThrow(() -> unknown(id).exception()))));
    }

    private void remove(Context context) {
        String id = context.pathParam("id");
        requireScope(context, id);
        AsyncResponse.write(context, audited(context, "remove", id, suppressions.remove(kind, id, now())), existed -> {
            if (!existed) {
                throw unknown(id).exception();
            }
            context.status(204);
        });
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        JsonResponse.write(
                context,
                withNote(suppressions
                        .find(kind, id)
                        .orElseThrow(() -> unknown(id).exception())));
    }

    private void list(Context context) {
        Boolean active = Query.choice(context, "active", List.of(true, false), String::valueOf);
        Instant now = now();
        List<Suppression> shown = suppressions.all(kind).stream()
                .filter(one -> active == null || active == isActive(one, now))
                .toList();
        String name = path.substring(path.lastIndexOf('/') + 1);
        ListResponse.write(context, Map.of(), ListResponse.Rows.of(name, shown, this::members));
    }

    private static boolean isActive(Suppression one, Instant now) {
        return one.schedule().next(now).filter(range -> range.contains(now)).isPresent();
    }

    /** Says so if it is about nothing now: a name may be misspelled, or its target may still be to come. */
    private Map<String, Object> withNote(Suppression one) {
        Map<String, Object> members = members(one);
        boolean matches =
                registry.targets().stream().anyMatch(watched -> one.selection().matches(watched.target()));
        if (!matches) {
            members.put("note", "matches no target now");
        }
        return members;
    }

    private Problem unknown(String id) {
        return Problem.of(404, "there is no " + kind.word() + " " + id);
    }

    private Map<String, Object> members(Suppression one) {
        Instant now = now();
        Optional<TimeRange> next = one.schedule().next(now);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", one.id());
        members.putAll(one.fields());
        members.put("active", next.filter(range -> range.contains(now)).isPresent());
        next.ifPresent(range -> members.put("next", new Occurrence(range.from(), range.to())));
        return members;
    }

    private Suppression read(Context context, String id) throws IOException {
        return requested(context, kind, id, now());
    }

    /**
     * Returns what a request or a form asks for, without storing it; throws a problem that names each field that is out of its
     * bounds.
     */
    public static Suppression requested(Context context, SuppressionKind kind, String id, Instant now)
            throws IOException {
        Fields fields = RequestBody.fields(context, Selection.MAX_BYTES);
        SuppressionBuilder builder = new SuppressionBuilder(kind, fields.errors());
        builder.name(fields.text("name", SuppressionBuilder.NAME));
        builder.selection(Selection.read(fields));
        builder.once(fields.instant("from", TimeText.AHEAD, now), fields.instant("to", TimeText.AHEAD, now));
        Fields weekly = fields.object("weekly", SuppressionBuilder.WEEKLY);
        if (weekly != null) {
            builder.weekly(WeeklyReader.read(weekly, weekly.instant("until", TimeText.AHEAD, now)));
            weekly.refuseOthers();
        }
        String by = fields.text("by", Attribution.BY);
        builder.attribution(by == null ? Gatekeeper.name(context) : by, fields.text("reason", Attribution.REASON));
        fields.refuseOthers();
        return builder.build(id, now);
    }
}
