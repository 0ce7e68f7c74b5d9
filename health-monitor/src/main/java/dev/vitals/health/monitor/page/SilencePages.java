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
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Silences and maintenance windows: what each one mutes, and when it ends, in words. */
public final class SilencePages implements Routes {
    private static final int LISTED = 500;

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
        return List.of(Route.get("/silences", Permission.VIEW, this::show, "Show silences and maintenance windows")
                .query("q", "Targets to be muted: as in the filter box; shows how many these are")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "Silences and maintenance", "Silences");
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(table("Silences", SuppressionKind.SILENCE, "/api/v1/silences/", frame));
        parts.add(table("Maintenance windows", SuppressionKind.MAINTENANCE, "/api/v1/maintenance/", frame));
        if (frame.caller().operates()) {
            parts.add(form(
                    frame,
                    "New silence",
                    "Its targets are polled and shown as before; nobody is told of trouble until it ends.",
                    "/api/v1/silences",
                    "Silence"));
            parts.add(form(
                    frame,
                    "New maintenance window",
                    "As a silence, and the time does not count against the availability.",
                    "/api/v1/maintenance",
                    "Begin maintenance"));
        }
        pages.write(
                context,
                frame,
                new Sheet(
                        "Silences and maintenance",
                        null,
                        "They hold back messages, and nothing else: checks, states and history go on.",
                        parts));
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
                ? "in " + Times.ago(now, range.to()) + ", at " + Times.text(range.to(), now) + " UTC"
                : "begins in " + Times.ago(now, range.from()) + ", for " + Times.words(range.length());
    }

    /** Returns how many targets a selection has now, and how many of them are not healthy. */
    private String preview(Selection selection) {
        List<WatchedTarget> muted = registry.targets().stream()
                .filter(watched -> selection.matches(watched.target()))
                .toList();
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

    private static Sheet.Form form(Frame frame, String heading, String note, String action, String button) {
        List<Sheet.Input> inputs = new ArrayList<>(inputs("release of orders"));
        inputs.add(1, Sheet.Input.text("service", "App", "orders"));
        inputs.add(2, Sheet.Input.text("host", "Host", "m3"));
        inputs.add(3, Sheet.Input.text("targets", "Targets", "orders/o1 orders/o2"));
        inputs.add(Sheet.Input.hidden("back", frame.here()));
        return new Sheet.Form(heading, note + " Fill in one or more of app, host and targets.", action, inputs, button);
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
