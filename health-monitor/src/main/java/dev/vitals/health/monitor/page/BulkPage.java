package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.Grouping;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Acts on all targets that match a filter, after saying how many these are: a test, a silence, or maintenance. */
public final class BulkPage implements Routes {
    private static final String PATH = "/bulk";
    private static final int LISTED = 20;
    // All are polled at the same time, so this bounds what one click costs.
    private static final int TESTED = 50;

    private final Pages pages;
    private final Registry registry;
    private final Diagnosis diagnosis;

    /** Acts on the targets of the registry. */
    public BulkPage(Pages pages, Registry registry, Diagnosis diagnosis) {
        this.pages = pages;
        this.registry = registry;
        this.diagnosis = diagnosis;
    }

    /** Returns the path of the page for that filter. */
    static String path(String filter) {
        return filter.isEmpty() ? PATH : PATH + "?q=" + Pages.encode(filter);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, Permission.OPERATE, this::show, "Show what can be done with all targets of a filter")
                        .query("q", "The targets: words, label=value, a state, or failing; all targets without it")
                        .answers(200, Route.Contract.HTML),
                Route.post(PATH + "/test", Permission.OPERATE, this::test, "Poll the targets of a filter, uncounted")
                        .query("q", "The targets, as of the page")
                        .answers(200, Route.Contract.HTML));
    }

    private List<WatchedTarget> chosen(TargetFilter filter) {
        return registry.targets().stream()
                .filter(filter)
                .sorted(Tone.WORST_FIRST)
                .toList();
    }

    private void show(Context context) {
        TargetFilter filter = TargetFilter.of(context.queryParam("q"));
        List<WatchedTarget> chosen = chosen(filter);
        Frame frame = pages.frame(context, "Act on targets", "Now").filteredBy(filter.text());
        List<Sheet.Part> parts = new ArrayList<>();
        if (!chosen.isEmpty()) {
            parts.add(new Sheet.Form(
                    "Test",
                    chosen.size() > TESTED
                            ? "Polls the first " + TESTED + " once, now. The results do not count."
                            : "Polls each once, now. The results do not count.",
                    path("/test", filter),
                    List.of(),
                    chosen.size() == 1 ? "Test it" : "Test " + Math.min(TESTED, chosen.size())));
            parts.add(suppression(
                    "Silence", "Silence ", "/api/v1/silences", "Nobody is told of their trouble until then.", chosen));
            parts.add(suppression(
                    "Maintenance",
                    "Begin maintenance of ",
                    "/api/v1/maintenance",
                    "As a silence, and the time does not count against their availability.",
                    chosen));
        }
        parts.add(targets(chosen, frame));
        pages.write(context, frame, new Sheet(title(chosen), back(filter), lead(chosen), parts));
    }

    private static String path(String action, TargetFilter filter) {
        return PATH + action + "?q=" + Pages.encode(filter.text());
    }

    private static Sheet.Link back(TargetFilter filter) {
        return filter.isEmpty()
                ? new Sheet.Link("All targets", "/")
                : new Sheet.Link("Targets that match " + filter.text(), "/?q=" + Pages.encode(filter.text()));
    }

    private static String title(List<WatchedTarget> chosen) {
        return chosen.size() == 1 ? "Act on 1 target" : "Act on " + chosen.size() + " targets";
    }

    private static String lead(List<WatchedTarget> chosen) {
        if (chosen.isEmpty()) {
            return "No target matches.";
        }
        Map<State, Integer> counts = Grouping.summary(chosen).counts();
        String states = Tone.ORDER.stream()
                .filter(state -> counts.getOrDefault(state, 0) > 0)
                .map(state -> counts.get(state) + " " + state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "Now " + states + ". What is done here is done to exactly these, not to targets that match later.";
    }

    private static Sheet.Form suppression(
            String heading, String verb, String action, String note, List<WatchedTarget> chosen) {
        List<Sheet.Input> inputs = new ArrayList<>(SilencePages.inputs("from the filter"));
        inputs.add(Sheet.Input.hidden("back", "/silences"));
        inputs.add(Sheet.Input.hidden(
                "targets",
                chosen.stream()
                        .limit(Selection.MAX_TARGETS)
                        .map(watched -> watched.id().toString())
                        .collect(Collectors.joining(" "))));
        String number = chosen.size() == 1 ? "1 target" : chosen.size() + " targets";
        return new Sheet.Form(heading, note, action, inputs, verb + number);
    }

    private static Sheet.Table targets(List<WatchedTarget> chosen, Frame frame) {
        return new Sheet.Table(
                chosen.size() > LISTED ? "The first " + LISTED + " of them" : "Targets",
                List.of("State", "Target", "Since", "Why"),
                chosen.stream()
                        .limit(LISTED)
                        .map(watched -> List.of(
                                Sheet.Cell.state(watched.state().state()),
                                link(watched.target()),
                                Sheet.Cell.time(watched.state().since(), frame.now()),
                                Sheet.Cell.text(watched.state().why())))
                        .toList(),
                "None.");
    }

    private static Sheet.Cell link(Target target) {
        return Sheet.Cell.link(target.id().toString(), "/targets/" + target.id());
    }

    private void test(Context context) {
        TargetFilter filter = TargetFilter.of(context.queryParam("q"));
        List<Target> targets =
                chosen(filter).stream().limit(TESTED).map(WatchedTarget::target).toList();
        if (targets.isEmpty()) {
            throw Problem.of(404, "no target matches " + filter.text()).exception();
        }
        diagnosis.answer(context, targets, answers -> {
            Frame frame = pages.frame(context, "Test", "Now").filteredBy(filter.text());
            pages.write(context, frame, results(frame, filter, targets, answers));
        });
    }

    private static Sheet results(
            Frame frame, TargetFilter filter, List<Target> targets, List<Diagnosis.Answer> answers) {
        List<List<Sheet.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Diagnosis.Answer answer = answers.get(i);
            String message = answer.message();
            rows.add(List.of(
                    TestResult.cell(answer.code()),
                    link(targets.get(i)),
                    Sheet.Cell.number(answer.latencyMs() + " ms"),
                    Sheet.Cell.text(message == null ? "" : message)));
        }
        return new Sheet(
                targets.size() == 1 ? "Test of 1 target" : "Test of " + targets.size() + " targets",
                back(filter),
                "At " + Times.text(frame.now(), frame.now()) + " UTC. The results do not count.",
                List.of(new Sheet.Table("Results", List.of("Result", "Target", "Time", "Why"), rows, "None.")));
    }
}
