package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.gate.Gate;
import dev.vitals.health.monitor.gate.GateBuilder;
import dev.vitals.health.monitor.gate.GateEvent;
import dev.vitals.health.monitor.gate.GateState;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.gate.Gates.TooManyGatesException;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Selection;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, shows, follows and cancels gates. Whatever fails, no answer says that a gate is open. */
public final class GateRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(GateRoutes.class);
    private static final String GATES = "/api/v1/gates";
    private static final String GATE = "/api/v1/gates/{id}";
    private static final int MAX_WAIT = 60;
    private static final int TAG_BYTES = 12;

    private final Gates gates;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Works on these gates. */
    public GateRoutes(Gates gates, AuditLog audit, InstantSource clock) {
        this.gates = gates;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(GATES, Permission.OPERATE, this::create, "Ask whether something may go ahead")
                        .takes("GateRequest")
                        .answers(201, "Gate"),
                Route.get(GATES, Permission.VIEW, this::list, "List the gates")
                        .query("state", "Only those in this state: waiting, open or closed")
                        .query("host", "Only those that ask about this host")
                        .answers(200, "Gates"),
                Route.get(GATE, Permission.VIEW, this::show, "Show a gate, or wait for what it says")
                        .query(
                                "wait",
                                "Seconds to wait for a final state, or with If-None-Match for any change, 0 to 60")
                        .answers(200, "Gate")
                        .answers(304, Route.Contract.NOTHING)
                        .refuses("ClosedGate"),
                Route.delete(GATE, Permission.OPERATE, this::cancel, "Cancel a gate that waits")
                        .query("by", "Who cancels, for people")
                        .answers(200, "Gate"),
                Route.get(GATE + "/events", Permission.VIEW, this::events, "List what happened to a gate")
                        .answers(200, "GateEvents"));
    }

    private void create(Context context) throws IOException {
        Gate gate = read(RequestBody.fields(context, Selection.MAX_BYTES), Gatekeeper.name(context));
        Gatekeeper.requireScope(context, gate.selection());
        Actor actor = Gatekeeper.caller(context).actor();
        AsyncResponse.write(
                context,
                gates.create(gate)
                        .thenCompose(view -> audit.add(
                                        actor,
                                        "gate.create",
                                        "gate:" + gate.id(),
                                        gate.selection().toString())
                                .thenApply(stored -> view)),
                view -> {
                    context.status(201).header("Location", GATES + "/" + gate.id());
                    write(context, view);
                },
                failure -> {
                    if (failure instanceof TooManyGatesException tooMany) {
                        Problem.of(429, String.valueOf(tooMany.getMessage())).write(context);
                        return true;
                    }
                    return false;
                });
    }

    private Gate read(Fields fields, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        GateBuilder builder = new GateBuilder(fields.errors()).selection(Selection.read(fields));
        if (fields.value("deadline") instanceof Number) {
            builder.deadlineIn(fields.seconds("deadline", GateBuilder.DEADLINE));
        } else {
            builder.deadline(fields.instant("deadline", GateBuilder.DEADLINE, now));
        }
        builder.window(fields.text("window", "the id of a maintenance window"));
        Integer passes = fields.whole("passes", GateBuilder.PASSES);
        builder.passes(passes == null ? GateBuilder.DEFAULT_PASSES : passes);
        builder.after(fields.instant("after", GateBuilder.AFTER, now));
        builder.release(fields.text("release", GateBuilder.RELEASE));
        Duration retry = fields.seconds("retry", GateBuilder.RETRY);
        builder.retry(retry == null ? GateBuilder.DEFAULT_RETRY : retry);
        builder.allowDegraded(fields.flag("allowDegraded", false));
        builder.allowEmpty(fields.flag("allowEmpty", false));
        builder.allowGone(fields.flag("allowGone", false));
        String given = fields.text("by", Attribution.BY);
        builder.attribution(given == null ? by : given, fields.text("reason", Attribution.REASON));
        fields.refuseOthers();
        return builder.build(UUID.randomUUID().toString(), now);
    }

    private void show(Context context) {
        Duration wait = wait(context.queryParam("wait"));
        GateView view;
        try {
            view = find(context);
        } catch (ProblemException e) {
            writeClosed(context, e.problem());
            return;
        } catch (RuntimeException e) {
            log.warn("gate {} could not be read: {}", context.pathParam("id"), e.toString());
            writeClosed(context, Problem.storeFails(e));
            return;
        }
        String known = context.header("If-None-Match");
        boolean changed = known != null && !known.equals(tag(JsonResponse.bytes(members(view))));
        if (wait.isZero() || view.state().isFinal() || changed) {
            write(context, view);
            return;
        }
        AsyncResponse.whenever(
                context, gates.follow(view, known == null, wait), newest -> write(context, newest), failure -> {
                    writeClosed(context, Problem.storeFails(failure));
                    return true;
                });
    }

    private GateView find(Context context) {
        String id = context.pathParam("id");
        return gates.view(id).orElseThrow(() -> unknown(id).exception());
    }

    private static Problem unknown(String id) {
        return Problem.of(404, "there is no gate " + id);
    }

    private static Duration wait(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        boolean fits = seconds.matches("[0-9]{1,2}") && Integer.parseInt(seconds) <= MAX_WAIT;
        if (!fits) {
            throw Problem.badField("wait", seconds, "a whole number of seconds from 0 to " + MAX_WAIT);
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    private static Map<String, Object> members(GateView view) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", view.gate().id());
        members.putAll(view.answer());
        members.putAll(view.gate().fields());
        return members;
    }

    private static void write(Context context, GateView view) {
        byte[] body = JsonResponse.bytes(members(view));
        String tag = tag(body);
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType("application/json").result(body);
        }
    }

    /** Returns an entity tag that changes exactly when the body does. */
    private static String tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }

    /** A client that reads only the state must not go ahead, so the problem has one: closed. */
    private static void writeClosed(Context context, Problem problem) {
        problem.write(context, GateState.CLOSED.word());
    }

    private void list(Context context) {
        GateState state = Query.choice(context, "state", List.of(GateState.values()), GateState::word);
        String host = context.queryParam("host");
        List<GateView> chosen = gates.all().stream()
                .filter(view -> state == null || view.state() == state)
                .filter(view -> host == null || isAbout(host, view.gate().selection()))
                .toList();
        ListResponse.write(context, Map.of(), ListResponse.Rows.of("gates", chosen, GateRoutes::brief));
    }

    /** Returns the members without the list of checks that do not pass. */
    private static Map<String, Object> brief(GateView view) {
        Map<String, Object> members = members(view);
        members.remove("failing");
        return members;
    }

    private static boolean isAbout(String host, Selection selection) {
        return host.equals(selection.host()) || host.equals(selection.labels().get(Labels.HOST));
    }

    private void events(Context context) {
        String id = context.pathParam("id");
        AsyncResponse.write(
                context,
                gates.events(id),
                found -> JsonResponse.write(
                        context,
                        Map.of(
                                "events",
                                found.orElseThrow(() -> unknown(id).exception()).stream()
                                        .map(GateEvent::fields)
                                        .toList())));
    }

    private void cancel(Context context) {
        String given = context.queryParam("by");
        String by = given == null ? Gatekeeper.name(context) : given;
        if (given != null && (by.isBlank() || by.length() > Attribution.MAX_BY)) {
            throw Problem.badField("by", by, Attribution.BY);
        }
        String id = context.pathParam("id");
        gates.view(id)
                .ifPresent(view -> Gatekeeper.requireScope(context, view.gate().selection()));
        Actor actor = Gatekeeper.caller(context).actor();
        AsyncResponse.write(
                context,
                gates.cancel(id, by)
                        .thenCompose(found -> audit.add(actor, "gate.cancel", "gate:" + id, by)
                                .thenApply(stored -> found)),
                found -> write(context, found.orElseThrow(() -> unknown(id).exception())));
    }
}
