package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.OneTimeSchedule;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Lets an instance put itself into maintenance for a deployment: with the permission to register it, for this instance only,
 * and not for long. Whoever may do more uses maintenance windows.
 */
public final class OwnMaintenanceRoutes implements Routes {
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String DURATION = "from 1 s to 4 h: a number of seconds up to 14400, or text such as 10m";

    private final Registry registry;
    private final Suppressions suppressions;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Makes maintenance windows for instances of this registry. */
    public OwnMaintenanceRoutes(Registry registry, Suppressions suppressions, AuditLog audit, InstantSource clock) {
        this.registry = registry;
        this.suppressions = suppressions;
        this.audit = audit;
        this.clock = clock;
    }

    private record Window(String id, Instant until) {}

    @Override
    public List<Route> routes() {
        String path = "/api/v1/instances/{app}/{instance}/maintenance";
        return List.of(
                Route.put(path, Permission.REGISTER, this::begin, "Put an instance into maintenance, or prolong it")
                        .takes("OwnMaintenance")
                        .answers(200, "OwnMaintenanceWindow"),
                Route.delete(path, Permission.REGISTER, this::end, "End the maintenance of an instance")
                        .answers(204, Route.Contract.NOTHING));
    }

    private TargetId target(Context context) {
        TargetId id = Paths.target(context);
        Gatekeeper.requireApp(context, id.appOrHost());
        if (registry.target(id).isEmpty()) {
            throw Problem.of(404, id + " is not registered").exception();
        }
        return id;
    }

    // Always the same for an instance, so that a second request prolongs the first one.
    private static String window(TargetId id) {
        return UUID.nameUUIDFromBytes(("maintenance of " + id).getBytes(UTF_8)).toString();
    }

    private void begin(Context context) throws IOException {
        TargetId id = target(context);
        Fields fields = RequestBody.fields(context);
        Duration duration = fields.time("duration", DURATION);
        if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            fields.refuse("duration", fields.value("duration"), DURATION);
        }
        String reason = fields.required("reason", Attribution.REASON, any -> true);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Attribution by = new Attribution(Gatekeeper.name(context), reason, now);
        if (!fields.isRefused("reason")) {
            by.check(fields.errors());
        }
        fields.refuseOthers();
        fields.errors().check();
        Instant until = now.plus(duration == null ? LONGEST : duration);
        Suppression window = new Suppression(
                window(id),
                SuppressionKind.MAINTENANCE,
                "deployment of " + id,
                Selection.of(Set.of(id)),
                new OneTimeSchedule(new TimeRange(now, until)),
                by);
        Actor actor = Gatekeeper.caller(context).actor();
        CompletableFuture<Window> stored = suppressions
                .put(window)
                .thenCompose(done -> audit.add(actor, "instance.maintenance", "instance:" + id, reason))
                .thenApply(done -> new Window(window.id(), until));
        AsyncResponse.write(context, stored, made -> JsonResponse.write(context, made));
    }

    private void end(Context context) {
        TargetId id = target(context);
        Actor actor = Gatekeeper.caller(context).actor();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CompletableFuture<Void> stored = suppressions
                .remove(SuppressionKind.MAINTENANCE, window(id), now)
                .thenCompose(done -> audit.add(actor, "instance.maintenance-end", "instance:" + id, ""));
        AsyncResponse.write(context, stored, done -> context.status(204));
    }
}
