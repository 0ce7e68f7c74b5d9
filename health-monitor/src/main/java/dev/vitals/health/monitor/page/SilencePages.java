package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import dev.vitals.health.monitor.web.SuppressionRoutes;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Silences and maintenance windows: what each one mutes, and when it ends, in words. */
public final class SilencePages implements Routes {
    private static final int LISTED = 500;
    private static final int NAMED = 10;
    private static final String BACK = "/silences";

    private final Pages pages;
    private final Suppressions suppressions;
    private final Registry registry;

    /** Shows these suppressions. */
    public SilencePages(Pages pages, Suppressions suppressions, Registry registry) {
        this.pages = pages;
        this.suppressions = suppressions;
        this.registry = registry;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/silences", Permission.VIEW, this::show, "Show silences and maintenance windows")
                        .query("q", "Targets to be muted: as in the filter box; shows how many these are")
                        .answers(200, Route.Contract.HTML),
                preview(SuppressionKind.SILENCE, "Show what a silence would mute, without making it"),
                preview(SuppressionKind.MAINTENANCE, "Show what a maintenance window would mute, without making it"));
    }

    private Route preview(SuppressionKind kind, String description) {
        return Route.post(path(kind), Permission.OPERATE, context -> preview(context, kind), description)
                .answers(200, Route.Contract.HTML);
    }

    private static String path(SuppressionKind kind) {
        return "/silences/preview/" + kind.word();
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "Silences and maintenance", "Silences");
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(table("Silences", SuppressionKind.SILENCE, "/api/v1/silences/", frame));
        parts.add(table("Maintenance windows", SuppressionKind.MAINTENANCE, "/api/v1/maintenance/", frame));
        if (frame.caller().operates()) {
            parts.add(form(SuppressionKind.SILENCE, name -> null));
            parts.add(form(SuppressionKind.MAINTENANCE, name -> null));
        }
        pages.write(
                context,
                frame,
                new Sheet(
                        "Silences and maintenance",
                        null,
                        "They hold back messages, and nothing else: checks, states and history go on. A preview says first what would be muted, and"
                                + " until when.",
                        parts));
    }

    private void preview(Context context, SuppressionKind kind) throws IOException {
        Instant now = pages.now();
        Suppression asked = SuppressionRoutes.requested(context, kind, "preview", now);
        List<WatchedTarget> muted = matching(asked.selection());
        List<Sheet.Fact> facts = new ArrayList<>();
        facts.add(new Sheet.Fact("Mutes", Sheet.Cell.text(words(asked.selection()) + ": " + counted(muted))));
        asked.schedule()
                .next(now)
                .ifPresent(range -> facts.add(new Sheet.Fact("Ends", Sheet.Cell.text(Times.until(range.to(), now)))));
        facts.add(new Sheet.Fact("Made", Sheet.Cell.text("not yet: this is a preview")));
        Sheet.Table first = new Sheet.Table(
                muted.size() > NAMED ? "The first " + NAMED + " of them" : "These",
                List.of("State", "Target", "Why"),
                muted.stream()
                        .sorted(Tone.WORST_FIRST)
                        .limit(NAMED)
                        .map(SilencePages::row)
                        .toList(),
                "No target matches now. Names may be misspelled, or the targets are still to come.");
        Frame frame = pages.frame(context, "Preview", "Silences");
        pages.write(
                context,
                frame,
                new Sheet(
                        "Preview: " + asked.name(),
                        new Sheet.Link("Silences and maintenance", BACK),
                        "",
                        List.of(new Sheet.Facts("", facts), first, form(kind, context::formParam))));
    }

    private static List<Sheet.Cell> row(WatchedTarget watched) {
        return List.of(
                Sheet.Cell.state(watched.state().state()),
                Sheet.Cell.link(watched.id().toString(), "/targets/" + watched.id()),
                Sheet.Cell.text(
                        watched.state().state() == State.HEALTHY
                                ? ""
                                : watched.state().why()));
    }

    private static String counted(List<WatchedTarget> muted) {
        long red = muted.stream()
                .filter(watched -> watched.state().state() == State.UNHEALTHY)
                .count();
        return "mutes " + muted.size() + (muted.size() == 1 ? " target, " : " targets, ")
                + (red == 0 ? "none of them" : red + " of them") + " red now";
    }

    private List<WatchedTarget> matching(Selection selection) {
        return registry.targets().stream()
                .filter(watched -> selection.matches(watched.target()))
                .toList();
    }

    private Sheet.Table table(String heading, SuppressionKind kind, String path, Frame frame) {
        return new Sheet.Table(
                heading,
                List.of("Now", "Name", "Mutes", "Ends", "By", "Reason", ""),
                suppressions.all(kind).stream()
                        .limit(LISTED)
                        .map(one -> row(one, path, frame))
                        .toList(),
                "None.");
    }

    private List<Sheet.Cell> row(Suppression one, String path, Frame frame) {
        Instant now = frame.now();
        Optional<TimeRange> next = one.schedule().next(now);
        boolean active = next.filter(range -> range.contains(now)).isPresent();
        String reason = one.attribution().reason();
        String by = one.attribution().by();
        List<Sheet.Action> actions = frame.caller().operates()
                ? List.of(new Sheet.Action("End", path + one.id(), Map.of("method", "DELETE"), false))
                : List.of();
        return List.of(
                active ? Sheet.Cell.toned("in force", Tone.WORK) : Sheet.Cell.toned("not now", Tone.GONE),
                Sheet.Cell.text(one.name()),
                Sheet.Cell.text(words(one.selection()) + ": " + preview(one.selection())),
                Sheet.Cell.text(next.map(range -> ends(range, active, now)).orElse("over")),
                Sheet.Cell.text(by == null ? "" : by),
                Sheet.Cell.text(reason == null ? "" : reason),
                Sheet.Cell.actions(actions));
    }

    private static String ends(TimeRange range, boolean active, Instant now) {
        return active
                ? Times.until(range.to(), now)
                : "begins in " + Times.ago(now, range.from()) + ", for " + Times.words(range.length());
    }

    /** Returns how many targets a selection has now, and how many of them are not healthy. */
    private String preview(Selection selection) {
        List<WatchedTarget> muted = matching(selection);
        long ill = muted.stream()
                .filter(watched -> watched.state().state() != State.HEALTHY)
                .count();
        return muted.size() + (muted.size() == 1 ? " target" : " targets") + ", " + ill + " not healthy now";
    }

    static String words(Selection selection) {
        List<String> words = new ArrayList<>();
        if (selection.host() != null) {
            words.add("host " + selection.host());
        }
        if (selection.service() != null) {
            words.add("app " + selection.service());
        }
        selection.labels().forEach((name, value) -> words.add(name + "=" + value));
        if (!selection.targets().isEmpty()) {
            words.add(
                    selection.targets().stream().limit(3).map(Object::toString).collect(Collectors.joining(", "))
                            + (selection.targets().size() > 3
                                    ? " and " + (selection.targets().size() - 3) + " more"
                                    : ""));
        }
        return words.isEmpty() ? "all targets" : String.join(", ", words);
    }

    /**
     * Returns the form of a new one.
     *
     * @param value returns what was in a field before; null for nothing
     */
    private static Sheet.Form form(SuppressionKind kind, Function<String, @Nullable String> value) {
        boolean silence = kind == SuppressionKind.SILENCE;
        List<Sheet.Input> inputs = new ArrayList<>(inputs("release of orders"));
        inputs.add(1, Sheet.Input.text("service", "App", "orders"));
        inputs.add(2, Sheet.Input.text("host", "Host", "m3"));
        inputs.add(3, Sheet.Input.text("targets", "Targets", "orders/o1 orders/o2"));
        inputs.replaceAll(input -> {
            String before = value.apply(input.name());
            return before == null ? input : input.with(before);
        });
        inputs.add(Sheet.Input.hidden("back", BACK));
        return new Sheet.Form(
                        silence ? "New silence" : "New maintenance window",
                        (silence
                                        ? "Its targets are polled and shown as before; nobody is told of trouble until it ends."
                                        : "As a silence, and the time does not count against the availability.")
                                + " Fill in one or more of app and host, or targets alone.",
                        silence ? "/api/v1/silences" : "/api/v1/maintenance",
                        inputs,
                        silence ? "Silence" : "Begin maintenance")
                .with(new Sheet.Button("Preview", path(kind)));
    }

    /** Returns the fields of every form that makes a suppression. */
    static List<Sheet.Input> inputs(String nameHint) {
        return List.of(
                Sheet.Input.text("name", "Name", nameHint).must(),
                Sheet.Input.text("to", "Ends", "2h, or 2026-12-01T22:00:00Z")
                        .must()
                        .with("1h"),
                Sheet.Input.text("reason", "Reason", "").must());
    }
}
