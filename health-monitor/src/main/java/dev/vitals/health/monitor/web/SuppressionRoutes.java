package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.RegistrarToken;
import dev.vitals.health.monitor.maintenance.Interval;
import dev.vitals.health.monitor.maintenance.Kind;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.maintenance.TooManyException;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Rfc3339;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes, shows, changes and removes maintenance windows, or silences. */
final class SuppressionRoutes {
    private final Answers answers = new Answers();
    private final Kind kind;
    private final String path;
    private final HoldBack holdBack;
    private final RegistrarToken token;

    private SuppressionRoutes(Kind kind, String path, HoldBack holdBack, RegistrarToken token) {
        this.kind = kind;
        this.path = path;
        this.holdBack = holdBack;
        this.token = token;
    }

    static List<SuppressionRoutes> all(HoldBack holdBack, RegistrarToken token) {
        return List.of(
                new SuppressionRoutes(Kind.MAINTENANCE, Paths.MAINTENANCE, holdBack, token),
                new SuppressionRoutes(Kind.SILENCE, Paths.SILENCES, holdBack, token));
    }

    Map<String, Map<HandlerType, Handler>> handlers() {
        Map<HandlerType, Handler> all = new HashMap<>(WebServer.reading(this::list));
        all.put(HandlerType.POST, this::add);
        Map<HandlerType, Handler> one = new HashMap<>(WebServer.reading(this::show));
        one.put(HandlerType.PUT, this::replace);
        one.put(HandlerType.DELETE, this::remove);
        return Map.of(path, all, path + "/{id}", one);
    }

    private Suppressions suppressions() {
        return holdBack.suppressions();
    }

    private Suppression read(Context context, String id) throws IOException {
        return Document.of(context).read(fields -> SuppressionReader.read(fields, kind, id, holdBack.now()));
    }

    private void add(Context context) throws IOException {
        InstanceRoutes.authorize(context, token);
        Suppression asked = read(context, UUID.randomUUID().toString());
        answers.soon(
                context,
                suppressions().add(asked),
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
        InstanceRoutes.authorize(context, token);
        String id = context.pathParam("id");
        Suppression asked = read(context, id);
        answers.soon(
                context,
                suppressions().replace(asked),
                found -> found.ifPresentOrElse(
                        one -> write(context, one), () -> unknown(id).write(context)),
                failure -> false);
    }

    private void remove(Context context) {
        InstanceRoutes.authorize(context, token);
        String id = context.pathParam("id");
        answers.soon(
                context,
                suppressions().remove(kind, id, holdBack.now()),
                wasThere -> {
                    if (wasThere) {
                        context.status(204);
                    } else {
                        unknown(id).write(context);
                    }
                },
                failure -> false);
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
        Optional<Interval> next = one.when().next(now);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", one.id());
        fields.putAll(one.fields());
        fields.put("active", next.filter(span -> span.contains(now)).isPresent());
        next.ifPresent(span -> {
            Map<String, Object> times = new LinkedHashMap<>();
            times.put("from", Rfc3339.text(span.from()));
            times.put("to", Rfc3339.text(span.to()));
            fields.put("next", times);
        });
        return fields;
    }
}
