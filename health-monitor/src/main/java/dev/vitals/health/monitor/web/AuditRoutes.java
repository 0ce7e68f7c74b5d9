package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the audit log, page by page. */
public final class AuditRoutes implements Routes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final AuditLog audit;

    /** Shows that log. */
    public AuditRoutes(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", Permission.ADMIN, this::list, "List who did what, the newest first")
                .query("before", "Only entries before that id, for the next page")
                .query("actor", "Only what this actor did")
                .query("action", "Only this action")
                .query("object", "Only what was done to this object")
                .query("since", "Only from this time on")
                .query("until", "Only before this time")
                .query("limit", "How many, 1 to 500; 100 if absent"));
    }

    private void list(Context context) {
        int limit = (int) number(context, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        List<AuditEntry> entries = audit.entries(new AuditFilter(
                number(context, "before", Long.MAX_VALUE, Long.MAX_VALUE),
                context.queryParam("actor"),
                context.queryParam("action"),
                context.queryParam("object"),
                time(context, "since"),
                time(context, "until"),
                limit));
        Shape.answer(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("entries");
            for (AuditEntry entry : entries) {
                write(json, entry);
            }
            json.writeEndArray();
            if (entries.size() == limit) {
                // What to ask for as "before" to get the next page.
                json.writeNumberField("before", entries.get(limit - 1).id());
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", entry.id());
        Shape.time(json, "at", entry.at());
        json.writeStringField("actor", entry.actor());
        json.writeStringField("address", entry.address());
        json.writeStringField("action", entry.action());
        json.writeStringField("object", entry.object());
        json.writeStringField("detail", entry.detail());
        json.writeStringField("outcome", entry.outcome());
        json.writeEndObject();
    }

    private static long number(Context context, String field, long otherwise, long max) {
        String text = context.queryParam(field);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, with the numbers that are out of bounds.
        }
        throw Paths.refused(new FieldError(field, text, "a whole number from 1 to " + max));
    }

    private static @Nullable Instant time(Context context, String field) {
        String text = context.queryParam(field);
        Instant time = text == null ? null : Rfc3339.parse(text);
        if (text != null && time == null) {
            throw Paths.refused(new FieldError(field, text, "an RFC 3339 time such as 2027-01-31T00:00:00Z"));
        }
        return time;
    }
}
