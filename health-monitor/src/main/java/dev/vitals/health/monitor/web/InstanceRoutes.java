package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.access.RegistrarToken;
import dev.vitals.health.monitor.model.Settings;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.TakenException;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers and deregisters instances, for those who have the token. Answers when it is stored. */
final class InstanceRoutes {
    private static final Logger log = LoggerFactory.getLogger(InstanceRoutes.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SCHEME = "Bearer ";

    // Answers are written here, not on the thread that records.
    private final Executor workers = Threads.workers("monitor-answer-");
    private final Registry registry;
    private final RegistrarToken token;

    InstanceRoutes(Registry registry, RegistrarToken token) {
        this.registry = registry;
        this.token = token;
    }

    void put(Context context) throws IOException {
        authorize(context, token);
        TargetId id = Paths.target(context);
        Settings settings = RegistrationReader.read(body(context));
        answer(context, registry.register(id, settings), registered -> {
            context.status(registered.created() ? 201 : 200);
            context.header("Location", Paths.of(id));
            Shape.answer(context, json -> Shape.registration(json, registered.target()));
        });
    }

    void delete(Context context) {
        authorize(context, token);
        TargetId id = Paths.target(context);
        answer(context, registry.deregister(id), wasThere -> context.status(204));
    }

    private static <T> void answer(
            Context context, Executor workers, CompletableFuture<T> stored, Consumer<T> success) {
        context.future(() -> stored.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                success.accept(value);
                            } else if (failure instanceof TakenException taken) {
                                Problem.of(409, String.valueOf(taken.getMessage()))
                                        .write(context);
                            } else {
                                log.debug("{} was not stored", context.path(), failure);
                                Problem.storeFails().write(context);
                            }
                            return null;
                        },
                        workers));
    }

    private <T> void answer(Context context, CompletableFuture<T> stored, Consumer<T> success) {
        answer(context, workers, stored, success);
    }

    /** Lets those pass who have the token; throws a problem for others. */
    static void authorize(Context context, RegistrarToken token) {
        String header = context.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized(false).exception();
        }
        if (!token.matches(header.substring(SCHEME.length()).strip())) {
            throw Problem.unauthorized(true).exception();
        }
    }

    private static byte[] body(Context context) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw Problem.of(413, "the body is longer than " + MAX_BODY / 1024 + " KiB")
                    .exception();
        }
        return body;
    }
}
