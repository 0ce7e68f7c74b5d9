package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.gate.Gate;
import dev.vitals.health.monitor.gate.GateEvent;
import dev.vitals.health.monitor.gate.GateState;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.gate.TooManyGatesException;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Selection;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for gates, and follows and cancels them. Whatever goes wrong, nobody is told that a gate is open. */
public final class GateRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(GateRoutes.class);
    private static final int MAX_WAIT = 60;

    private final HoldBack holdBack;
    private final Gates gates;
    private final AuditLog audit;

    /** Asks there, and writes down there who did. */
    public GateRoutes(HoldBack holdBack, AuditLog audit) {
        this.holdBack = holdBack;
        this.gates = holdBack.gates();
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(Paths.GATES, Permission.OPERATE, this::create, "Ask whether something may go ahead")
                        .takes("GateQuestion")
                        .answers(201, "Gate"),
                Route.get(Paths.GATES, Permission.VIEW, this::list, "List the gates")
                        .query("state", "Only those in this state: waiting, open or closed")
                        .query("host", "Only those that ask about this host"),
                Route.get(Paths.GATE, Permission.VIEW, this::show, "Show a gate, or wait for what it says")
                        .query(
                                "wait",
                                "Seconds to wait for a final state, or with If-None-Match for any change, 0 to 60")
                        .answers(200, "Gate")
                        .alsoAnswers(304, RouteContract.NOTHING),
                Route.delete(Paths.GATE, Permission.OPERATE, this::cancel, "Cancel a gate that waits")
                        .query("by", "Who cancels, for people")
                        .answers(200, "Gate"),
                Route.get(Paths.GATE_EVENTS, Permission.VIEW, this::events, "List what happened to a gate"));
    }

    private void create(Context context) throws IOException {
        Gate gate = GateReader.read(JsonBody.fields(context, Selection.MAX_BYTES), holdBack.now());
        ScopeRule.require(context, gate.selection());
        Actor actor = Gatekeeper.caller(context).actor();
        AsyncResponse.answer(
                context,
                gates.create(gate)
                        .thenCompose(view -> audit.add(
                                        actor,
                                        "gate.create",
                                        "gate:" + gate.id(),
                                        gate.selection().toString())
                                .thenApply(done -> view)),
                view -> {
                    context.status(201).header("Location", Paths.GATES + "/" + gate.id());
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

    private void show(Context context) {
        Duration wait = wait(context.queryParam("wait"));
        GateView view;
        try {
            view = find(context);
        } catch (ProblemException e) {
            GateShape.closed(context, e.problem());
            return;
        } catch (RuntimeException e) {
            log.warn("gate {} could not be looked up: {}", context.pathParam("id"), e.toString());
            GateShape.closed(context, Problem.storeFails());
            return;
        }
        String known = context.header("If-None-Match");
        boolean news = known != null && !known.equals(GateShape.tag(GateShape.body(view)));
        if (wait.isZero() || view.state().isFinal() || news) {
            write(context, view);
            return;
        }
        AsyncResponse.whenever(
                context, gates.follow(view, known == null, wait), newest -> write(context, newest), failure -> {
                    GateShape.closed(context, Problem.storeFails());
                    return true;
                });
    }

    private GateView find(Context context) {
        String id = context.pathParam("id");
        return gates.view(id)
                .orElseThrow(() -> Problem.of(404, "there is no gate " + id).exception());
    }

    private static Duration wait(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        boolean fits = seconds.matches("[0-9]{1,2}") && Integer.parseInt(seconds) <= MAX_WAIT;
        if (!fits) {
            throw Paths.refused(new FieldError("wait", seconds, "a whole number of seconds from 0 to " + MAX_WAIT));
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    private static void write(Context context, GateView view) {
        byte[] body = GateShape.body(view);
        String tag = GateShape.tag(body);
        context.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType("application/json").result(body);
        }
    }

    private void list(Context context) {
        GateState state = state(context.queryParam("state"));
        String host = context.queryParam("host");
        List<Map<String, Object>> shown = gates.all().stream()
                .filter(view -> state == null || view.state() == state)
                .filter(view -> host == null || isAbout(host, view.gate().selection()))
                .map(GateShape::brief)
                .toList();
        Shape.answer(context, json -> json.writePOJO(Map.of("gates", shown)));
    }

    private static boolean isAbout(String host, Selection selection) {
        return host.equals(selection.host()) || host.equals(selection.labels().get(Labels.HOST));
    }

    private static @Nullable GateState state(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(GateState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Paths.refused(new FieldError("state", word, "one of waiting, open, closed")));
    }

    private void events(Context context) {
        String id = context.pathParam("id");
        AsyncResponse.answer(context, gates.events(id), found -> write(context, id, found));
    }

    private static void write(Context context, String id, Optional<List<GateEvent>> events) {
        events.ifPresentOrElse(
                list -> Shape.answer(
                        context,
                        json -> json.writePOJO(Map.of(
                                "events", list.stream().map(GateEvent::fields).toList()))),
                () -> Problem.of(404, "there is no gate " + id).write(context));
    }

    private void cancel(Context context) {
        String by = context.queryParam("by");
        if (by != null && (by.isBlank() || by.length() > Attribution.MAX_BY)) {
            throw Paths.refused(new FieldError("by", by, Attribution.BY));
        }
        String id = context.pathParam("id");
        Actor actor = Gatekeeper.caller(context).actor();
        AsyncResponse.answer(
                context,
                cancel(context, id, by)
                        .thenCompose(found -> audit.add(actor, "gate.cancel", "gate:" + id, by == null ? "" : by)
                                .thenApply(done -> found)),
                found -> found.ifPresentOrElse(
                        view -> write(context, view),
                        () -> Problem.of(404, "there is no gate " + id).write(context)));
    }

    private CompletableFuture<Optional<GateView>> cancel(Context context, String id, @Nullable String by) {
        gates.view(id).ifPresent(view -> ScopeRule.require(context, view.gate().selection()));
        return gates.cancel(id, by);
    }
}
