package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.host.ConflictException;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.TakenException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, shows, changes, removes and tries the checks of hosts. Answers when it is stored. */
final class HostRoutes {
    private static final Logger log = LoggerFactory.getLogger(HostRoutes.class);
    private static final long SLACK_MILLIS = 5_000;

    private final Executor workers = Threads.workers("monitor-answer-");
    private final Sources sources;
    private final HostChecks hosts;
    private final Registry registry;
    private final Consumer<Context> authorize;

    HostRoutes(Sources sources, Registry registry, Consumer<Context> authorize) {
        this.sources = sources;
        this.hosts = sources.hosts();
        this.registry = registry;
        this.authorize = authorize;
    }

    Map<String, Map<HandlerType, Handler>> routes() {
        return Map.of(
                Paths.HOSTS,
                Map.of(HandlerType.GET, this::hosts, HandlerType.HEAD, this::hosts),
                Paths.HOST_CHECKS,
                Map.of(HandlerType.GET, this::list, HandlerType.HEAD, this::list, HandlerType.POST, this::create),
                Paths.HOST_CHECK,
                Map.of(
                        HandlerType.GET,
                        this::show,
                        HandlerType.HEAD,
                        this::show,
                        HandlerType.PUT,
                        this::put,
                        HandlerType.DELETE,
                        this::delete),
                Paths.HOST_CHECK_TEST,
                Map.of(HandlerType.POST, this::test));
    }

    void hosts(Context context) {
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

    void list(Context context) {
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

    void show(Context context) {
        HostCheck check = required(Paths.check(context));
        Shape.answer(context, json -> HostShape.check(json, check, registry));
    }

    private HostCheck required(TargetId id) {
        return hosts.check(id)
                .orElseThrow(
                        () -> Problem.of(404, id + " is no check of a host").exception());
    }

    void create(Context context) throws IOException {
        authorize.accept(context);
        CheckDraft draft = draft(context, Paths.host(context), null, null);
        answer(context, hosts.create(draft), check -> {
            context.header(
                    "Location",
                    "/api/v1/hosts/" + check.id().app() + "/checks/"
                            + check.id().instance());
            context.status(201);
            Shape.answer(context, json -> HostShape.check(json, check, registry));
        });
    }

    void put(Context context) throws IOException {
        authorize.accept(context);
        TargetId id = Paths.check(context);
        HostCheck before = hosts.check(id).orElse(null);
        CheckDraft draft = draft(context, id.app(), id.instance(), before);
        answer(context, hosts.put(draft), check -> {
            context.status(before == null ? 201 : 200);
            Shape.answer(context, json -> HostShape.check(json, check, registry));
        });
    }

    void delete(Context context) {
        authorize.accept(context);
        answer(context, hosts.remove(Paths.check(context)), wasThere -> context.status(204));
    }

    void test(Context context) {
        authorize.accept(context);
        HostCheck check = required(Paths.check(context));
        CompletableFuture<PollResult> result = new CompletableFuture<>();
        Target target = Target.configured(check.id(), Source.HOST, check.settings(), Instant.EPOCH);
        sources.prober().probe(target, result::complete);
        long patience = check.settings().timeout().toMillis() + SLACK_MILLIS;
        answer(
                context,
                result.orTimeout(patience, TimeUnit.MILLISECONDS),
                found -> Shape.answer(context, json -> TargetShape.result(json, found)));
    }

    private static CheckDraft draft(Context context, String host, @Nullable String name, @Nullable HostCheck before)
            throws IOException {
        JsonNode root = RegistrationReader.parse(InstanceRoutes.body(context));
        if (!root.isObject()) {
            throw Problem.of(400, "the body must be a JSON object").exception();
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        root.properties().forEach(field -> document.put(field.getKey(), Json.value(field.getValue())));
        try {
            return CheckDraft.read(host, name, document, before);
        } catch (InvalidFieldsException e) {
            throw Paths.refused(e.errors().toArray(FieldError[]::new));
        }
    }

    private <T> void answer(Context context, CompletableFuture<T> future, Consumer<T> success) {
        context.future(() -> future.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        success.accept(value);
                        return null;
                    }
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    if (cause instanceof ConflictException || cause instanceof TakenException) {
                        Problem.of(409, String.valueOf(cause.getMessage())).write(context);
                    } else {
                        log.warn("{} {} failed", context.method(), context.path(), cause);
                        Problem.storeFails().write(context);
                    }
                    return null;
                },
                workers));
    }
}
