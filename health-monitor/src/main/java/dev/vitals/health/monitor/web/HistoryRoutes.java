package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.Position;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Series;
import dev.vitals.health.monitor.history.Uptime;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the past of one target, watched now or not. */
public final class HistoryRoutes implements Routes {
    private static final String DEFAULT_WINDOWS = "24h,7d,30d,365d";

    private final Registry registry;
    private final History history;
    private final MaintenancePlan maintenance;
    private final InstantSource clock;

    /** Shows the past of the targets there, gone ones included. */
    public HistoryRoutes(Registry registry, History history, MaintenancePlan maintenance, InstantSource clock) {
        this.registry = registry;
        this.history = history;
        this.maintenance = maintenance;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Paths.RESULTS, Permission.VIEW, this::results, "List the results that are kept of a target")
                        .query("from", "Begin of the window: a time, or such as 24h before now")
                        .query("to", "End of the window, now if absent")
                        .query("limit", "How many a page")
                        .query("before", "The cursor of the page before")
                        .query("format", "json or csv"),
                Route.get(Paths.ROLLUPS, Permission.VIEW, this::rollups, "Show counts and latencies by minute or hour")
                        .query("resolution", "minute or hour")
                        .query("from", "Begin of the window: a time, or such as 24h before now")
                        .query("to", "End of the window, now if absent")
                        .query("format", "json or csv"),
                Route.get(Paths.UPTIME, Permission.VIEW, this::uptime, "Show how long a target was in which state")
                        .query("windows", "Such as 24h,7d,30d,365d")
                        .query("from", "Begin of the window: a time, or such as 24h before now")
                        .query("to", "End of the window, now if absent")
                        .query("format", "json or csv"),
                Route.get(Paths.CHANGES, Permission.VIEW, this::changes, "List the changes of a target's state")
                        .query("limit", "How many a page")
                        .query("before", "The cursor of the page before")
                        .query("format", "json or csv"),
                Route.get(Paths.SERIES, Permission.VIEW, this::series, "Show the numbers that a target has shown")
                        .query("from", "Begin of the window: a time, or such as 24h before now")
                        .query("to", "End of the window, now if absent")
                        .query("format", "json or csv"));
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
        TimeRange range = Window.of(context, now());
        Position before = position(context.queryParam("before"));
        int limit = StreamedResponse.limit(context);
        StreamedResponse.answer(
                context, id, "results", csv -> ResultShape.csv(csv, history, id, range, before, limit), json -> {
                    HistoryShape.target(json, id, range);
                    ResultShape.json(json, history, id, range, before, limit);
                });
    }

    private static Position position(@Nullable String text) {
        try {
            return text == null ? Position.END : Position.parse(text);
        } catch (IllegalArgumentException e) {
            throw Paths.refused(new FieldError("before", text, Position.BOUND));
        }
    }

    private void rollups(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range = Window.of(context, now());
        Resolution resolution = resolution(context);
        StreamedResponse.answer(
                context,
                id,
                "rollups",
                csv -> {
                    RollupShape.header(csv);
                    history.rollups(id, resolution, range, rollup -> RollupShape.csv(csv, rollup));
                },
                json -> {
                    HistoryShape.target(json, id, range);
                    RollupShape.json(json, history, id, resolution, range);
                });
    }

    private void uptime(Context context) throws IOException {
        TargetId id = target(context);
        Instant now = now();
        List<String> names = new ArrayList<>();
        List<TimeRange> ranges = new ArrayList<>();
        if (context.queryParam("from") != null || context.queryParam("to") != null) {
            names.add("");
            ranges.add(Window.of(context, now));
        } else {
            String list = context.queryParam("windows");
            for (String span : Window.spans("windows", list == null ? DEFAULT_WINDOWS : list)) {
                names.add(span);
                ranges.add(Window.last(span, now));
            }
        }
        List<Uptime> uptimes = history.uptime(id, ranges, maintenance, stale(id, now));
        StreamedResponse.answer(context, id, "uptime", csv -> UptimeShape.csv(csv, names, uptimes), json -> {
            HistoryShape.target(json, id);
            UptimeShape.json(json, names, uptimes);
        });
    }

    private @Nullable Instant stale(TargetId id, Instant now) {
        WatchedTarget watched = registry.target(id).orElse(null);
        return watched != null && watched.state().isStale(now, watched.target())
                ? watched.state().at(now, watched.target()).since()
                : null;
    }

    private void changes(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range =
                context.queryParam("from") == null ? Window.everUntil(context, now()) : Window.of(context, now());
        long before = number(context.queryParam("before"));
        int limit = StreamedResponse.limit(context);
        StreamedResponse.answer(
                context, id, "changes", csv -> ChangeShape.csv(csv, history, id, range, before, limit), json -> {
                    HistoryShape.target(json, id, range);
                    ChangeShape.json(json, history, id, range, before, limit);
                });
    }

    private static long number(@Nullable String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Paths.refused(new FieldError("before", text, Position.BOUND));
        }
        return Long.parseLong(text);
    }

    private void series(Context context) throws IOException {
        TargetId id = target(context);
        TimeRange range = Window.of(context, now());
        Resolution resolution = resolution(context);
        String name = context.queryParam("name");
        List<Series> shown = history.series(id).stream()
                .filter(series -> name == null || series.name().equals(name))
                .toList();
        if (name != null && shown.isEmpty()) {
            throw Problem.of(404, id + " has shown no number of that name").exception();
        }
        StreamedResponse.answer(
                context,
                id,
                "series",
                csv -> {
                    SeriesShape.header(csv);
                    history.points(shown, resolution, range, point -> SeriesShape.csv(csv, point));
                },
                json -> {
                    HistoryShape.target(json, id, range);
                    SeriesShape.json(json, history, shown, resolution, range);
                });
    }

    private static Resolution resolution(Context context) {
        String word = context.queryParam("resolution");
        if (word == null) {
            return Resolution.HOUR;
        }
        return Arrays.stream(Resolution.values())
                .filter(any -> any.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Paths.refused(new FieldError("resolution", word, "minute or hour")));
    }
}
