package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.Position;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Series;
import dev.vitals.health.monitor.history.Uptime;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the history of a target, also of one that is not registered any more. */
public final class HistoryRoutes implements Routes {
    private static final String DEFAULT_WINDOWS = "24h,7d,30d,365d";

    private final Registry registry;
    private final History history;
    private final MaintenancePlan maintenance;
    private final InstantSource clock;

    /** Shows this history; the registry tells which targets are not heard of any more. */
    public HistoryRoutes(Registry registry, History history, MaintenancePlan maintenance, InstantSource clock) {
        this.registry = registry;
        this.history = history;
        this.maintenance = maintenance;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                paged(ranged(route("/results", this::results, "List the recorded results of a target", "Results"))),
                ranged(resolved(
                        route("/rollups", this::rollups, "Show counts and latencies by minute or hour", "Rollups"))),
                ranged(route("/uptime", this::uptime, "Show how long a target was in which state", "Uptimes"))
                        .query("windows", "Such as 24h,7d,30d,365d; from and to are used in its place"),
                paged(ranged(route("/changes", this::changes, "List the changes of a target's state", "Changes"))),
                ranged(resolved(route(
                                "/series", this::series, "Show the numbers that a target has reported", "Series")))
                        .query("name", "Only the series of this name"));
    }

    private static Route route(String path, Handler handler, String description, String schema) {
        return Route.get(Paths.TARGET + path, Permission.VIEW, handler, description)
                .query("format", "json or csv")
                .answers(200, schema)
                .answers(200, Route.Contract.CSV);
    }

    private static Route ranged(Route route) {
        return route.query("from", "Begin of the time range: a time, or such as 24h before now")
                .query("to", "End of the time range, now if absent");
    }

    private static Route paged(Route route) {
        return route.query("limit", "How many a page, 1 to 100000, or all; 1000 if absent, all of a CSV")
                .query("before", "The value of next in the page before");
    }

    private static Route resolved(Route route) {
        return route.query("resolution", "minute or hour; hour if absent");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private TargetId target(Context context) {
        TargetId id = Paths.target(context);
        if (!history.knows(id)) {
            throw Problem.of(404, id + " is not registered and never was").exception();
        }
        return id;
    }

    private void results(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range = Query.range(context, now());
        Position before = position(context.queryParam("before"));
        int limit = StreamedResponse.limit(context);
        StreamedResponse.write(context, id, "results", new ResultRows(history, id, range, before, limit));
    }

    private static Position position(@Nullable String text) {
        try {
            return text == null ? Position.END : Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badField("before", text, Position.BOUND);
        }
    }

    private void rollups(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range = Query.range(context, now());
        StreamedResponse.write(context, id, "rollups", new RollupRows(history, id, resolution(context), range));
    }

    private void uptime(Context context) throws IOException {
        TargetId id = target(context);
        Instant now = now();
        List<Query.LastRange> ranges;
        if (context.queryParam("from") != null || context.queryParam("to") != null) {
            ranges = List.of(new Query.LastRange("", Query.range(context, now)));
        } else {
            String list = context.queryParam("windows");
            ranges = Query.lastRanges("windows", list == null ? DEFAULT_WINDOWS : list, now);
        }
        List<Uptime> uptimes =
                history.uptime(id, ranges.stream().map(Query.LastRange::range).toList(), maintenance, stale(id));
        List<String> names = ranges.stream().map(Query.LastRange::name).toList();
        StreamedResponse.write(context, id, "uptime", new UptimeRows(names, uptimes));
    }

    private @Nullable Instant stale(TargetId id) {
        WatchedTarget watched = registry.target(id).orElse(null);
        // UNKNOWN by age is shown at once, and recorded a little later.
        return watched != null
                        && watched.state().state() == State.UNKNOWN
                        && watched.state().unseen() != null
                ? watched.state().since()
                : null;
    }

    private void changes(Context context) throws IOException {
        TargetId id = target(context);
        boolean fromStart = context.queryParam("from") == null;
        TimeRange range = fromStart ? Query.everUntil(context, now()) : Query.range(context, now());
        long before = number(context.queryParam("before"));
        int limit = StreamedResponse.limit(context);
        StreamedResponse.write(context, id, "changes", new ChangeRows(history, id, range, before, limit));
    }

    private static long number(@Nullable String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.badField("before", text, Position.BOUND);
        }
        return Long.parseLong(text);
    }

    private void series(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range = Query.range(context, now());
        Resolution resolution = resolution(context);
        String name = context.queryParam("name");
        List<Series> shown = history.series(id).stream()
                .filter(series -> name == null || series.name().equals(name))
                .toList();
        if (name != null && shown.isEmpty()) {
            throw Problem.of(404, id + " has reported no number of that name").exception();
        }
        StreamedResponse.write(context, id, "series", new SeriesRows(history, shown, resolution, range));
    }

    private static Resolution resolution(Context context) {
        Resolution resolution = Query.choice(
                context,
                "resolution",
                List.of(Resolution.values()),
                known -> known.name().toLowerCase(Locale.ROOT));
        return resolution == null ? Resolution.HOUR : resolution;
    }
}
