package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.file.BadFileException;
import dev.vitals.health.monitor.file.FileProblem;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.file.FileStatus;
import dev.vitals.health.monitor.file.Plan;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the state of the services file, and reloads it. */
public final class FileRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(FileRoutes.class);

    private final Executor workers = Threads.workers("monitor-answer-");
    private final FileSource file;
    private final AuditLog audit;

    /** Shows this file. */
    public FileRoutes(FileSource file, AuditLog audit) {
        this.file = file;
        this.audit = audit;
    }

    /** The state of the file; the three counts are those of a reload. */
    private record Answer(
            String file,
            int targets,
            @Nullable Instant loadedAt,
            @Nullable Instant readAt,
            List<Line> problems,
            @JsonUnwrapped @Nullable Counts reloaded) {
        static Answer of(FileStatus status, @Nullable Plan plan) {
            return new Answer(
                    String.valueOf(status.file()),
                    status.targets(),
                    status.loadedAt(),
                    status.readAt(),
                    status.problems().stream().map(Line::of).toList(),
                    plan == null ? null : new Counts(plan.added(), plan.changed(), plan.removed()));
        }
    }

    /** A problem in one line of the file. */
    private record Line(int line, int column, String text) {
        static Line of(FileProblem problem) {
            return new Line(problem.line(), problem.column(), problem.text());
        }
    }

    private record Counts(int added, int changed, int removed) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/config/file", Permission.VIEW, this::show, "Show the state of the services file")
                        .answers(200, "ServicesFile"),
                Route.post("/api/v1/config/reload", Permission.ADMIN, this::reload, "Read the services file now")
                        .answers(200, "ServicesFile")
                        .answers(422, "ServicesFile"));
    }

    private void show(Context context) {
        requireFile();
        JsonResponse.write(context, Answer.of(file.status(), null));
    }

    private void reload(Context context) {
        requireFile();
        Actor actor = Gatekeeper.caller(context).actor();
        context.future(() -> file.reload(plan -> entry(actor, plan))
                .handleAsync(
                        (plan, failure) -> {
                            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                            if (cause == null || cause instanceof BadFileException) {
                                context.status(cause == null ? 200 : 422);
                                JsonResponse.write(context, Answer.of(file.status(), plan));
                            } else {
                                log.debug("the services file was not reloaded", cause);
                                Problem.storeFails(cause).write(context);
                            }
                            return null;
                        },
                        workers));
    }

    private AuditEntry entry(Actor actor, Plan plan) {
        return audit.entry(actor, "file.reload", "file:" + file.status().file(), plan.counts());
    }

    private void requireFile() {
        if (file.status().file() == null) {
            throw Problem.of(404, "the monitor was started without a services file")
                    .exception();
        }
    }
}
