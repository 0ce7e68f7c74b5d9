package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
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
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how the file of services stands, and has it read now. */
public final class FileRoutes implements Routes {
    private static final Logger log = LoggerFactory.getLogger(FileRoutes.class);
    private static final int UNPROCESSABLE = 422;

    private final Executor workers = Threads.workers("monitor-answer-");
    private final FileSource file;
    private final AuditLog audit;

    /** Shows that file. */
    public FileRoutes(FileSource file, AuditLog audit) {
        this.file = file;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Paths.CONFIG_FILE, Permission.VIEW, this::show, "Show how the file of services stands"),
                Route.post(Paths.CONFIG_RELOAD, Permission.ADMIN, this::reload, "Read the file of services now"));
    }

    private void show(Context context) {
        requireFile();
        FileStatus status = file.status();
        Shape.answer(context, json -> write(json, status, null));
    }

    private void reload(Context context) {
        requireFile();
        Actor actor = Gatekeeper.caller(context).actor();
        context.future(() -> file.reload(plan -> entry(actor, plan))
                .handleAsync(
                        (plan, failure) -> {
                            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                            if (cause == null || cause instanceof BadFileException) {
                                context.status(cause == null ? 200 : UNPROCESSABLE);
                                Shape.answer(context, json -> write(json, file.status(), plan));
                            } else {
                                log.debug("the file was not reloaded", cause);
                                Problem.storeFails().write(context);
                            }
                            return null;
                        },
                        workers));
    }

    private AuditEntry entry(Actor actor, Plan plan) {
        String detail = plan.added() + " added, " + plan.changed() + " changed, " + plan.removed() + " removed";
        return audit.entry(actor, "file.reload", "file:" + file.status().file(), detail);
    }

    private void requireFile() {
        if (file.status().file() == null) {
            throw Problem.of(404, "the monitor was started without a file of services")
                    .exception();
        }
    }

    private static void write(JsonGenerator json, FileStatus status, @Nullable Plan plan) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", status.file());
        json.writeNumberField("targets", status.targets());
        if (status.loadedAt() != null) {
            Shape.time(json, "loadedAt", status.loadedAt());
        }
        if (status.readAt() != null) {
            Shape.time(json, "readAt", status.readAt());
        }
        problems(json, status.problems());
        if (plan != null) {
            json.writeNumberField("added", plan.added());
            json.writeNumberField("changed", plan.changed());
            json.writeNumberField("removed", plan.removed());
        }
        json.writeEndObject();
    }

    private static void problems(JsonGenerator json, List<FileProblem> problems) throws IOException {
        json.writeArrayFieldStart("problems");
        for (FileProblem problem : problems) {
            json.writeStartObject();
            json.writeNumberField("line", problem.line());
            json.writeNumberField("column", problem.column());
            json.writeStringField("text", problem.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
