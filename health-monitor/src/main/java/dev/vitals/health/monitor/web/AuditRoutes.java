package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the audit log, page by page. */
public final class AuditRoutes implements Routes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final AuditLog audit;
    private final InstantSource clock;

    /** Shows this log. */
    public AuditRoutes(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A page of the log, the newest entry first.
     *
     * @param before the parameter {@code before} of the next page; null if there is none
     */
    private record Entries(List<Entry> entries, @Nullable Long before) {}

    private record Entry(
            long id,
            Instant at,
            String actor,
            String address,
            String action,
            String object,
            String detail,
            String outcome) {
        static Entry of(AuditEntry entry) {
            return new Entry(
                    entry.id(),
                    entry.at(),
                    entry.actor(),
                    entry.address(),
                    entry.action(),
                    entry.object(),
                    entry.detail(),
                    entry.outcome());
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", Permission.ADMIN, this::list, "List who did what, the newest first")
                .query("before", "Only entries before that id, for the next page")
                .query("actor", "Only what this actor did")
                .query("action", "Only this action")
                .query("object", "Only what was done to this object")
                .query("since", "Only from this time on: a time, or such as 24h before now")
                .query("until", "Only before this time, in the same forms")
                .query("limit", "How many, 1 to 500; 100 if absent")
                .answers(200, "AuditEntries"));
    }

    private void list(Context context) {
        int limit = (int) Query.number(context, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        List<AuditEntry> entries = audit.entries(new AuditFilter(
                Query.number(context, "before", Long.MAX_VALUE, Long.MAX_VALUE),
                context.queryParam("actor"),
                context.queryParam("action"),
                context.queryParam("object"),
                Query.time(context, "since", clock.instant()),
                Query.time(context, "until", clock.instant()),
                limit));
        boolean full = entries.size() == limit;
        JsonResponse.write(
                context,
                new Entries(
                        entries.stream().map(Entry::of).toList(),
                        full ? entries.get(limit - 1).id() : null));
    }
}
