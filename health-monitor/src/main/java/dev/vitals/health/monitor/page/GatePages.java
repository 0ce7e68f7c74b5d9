package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.gate.GateEvent;
import dev.vitals.health.monitor.gate.GateState;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.gate.Gates;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.DeploymentStore;
import dev.vitals.health.monitor.web.AsyncResponse;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gates: those that wait first, with what would open them; and each with what it has seen. */
public final class GatePages implements Routes {
    private static final int LISTED = 200;

    private final Pages pages;
    private final Gates gates;
    private final GateDeployments deployments;

    /** Shows these gates, and the deployments on the targets of the registry. */
    public GatePages(Pages pages, Gates gates, DeploymentStore deployments, Registry registry) {
        this.pages = pages;
        this.gates = gates;
        this.deployments = new GateDeployments(deployments, registry);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/gates", Permission.VIEW, this::list, "Show the gates, those that wait first")
                        .answers(200, Route.Contract.HTML),
                Route.get("/gates/{id}", Permission.VIEW, this::show, "Show a gate with what it has seen")
                        .answers(200, Route.Contract.HTML));
    }

    private void list(Context context) {
        Frame frame = pages.frame(context, "Gates", "Gates");
        List<List<Sheet.Cell>> rows = gates.all().stream()
                .sorted(Comparator.comparing((GateView view) -> view.state().isFinal())
                        .thenComparing(view -> view.gate().attribution().at(), Comparator.reverseOrder()))
                .limit(LISTED)
                .map(view -> row(view, frame))
                .toList();
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(new Sheet.Table(
                "",
                List.of("State", "Gate", "About", "Why", "Made", "By", ""),
                rows,
                "No gate was made. A deployment asks with vitals gate wait, or with POST /api/v1/gates."));
        if (frame.caller().operates()) {
            parts.add(form(frame));
        }
        pages.write(
                context,
                frame,
                new Sheet(
                        "Gates",
                        null,
                        "A gate opens when every target it is about has passed often enough since it was made. A target that is ill "
                                + "when a gate is made keeps it waiting.",
                        parts));
    }

    private static Sheet.Form form(Frame frame) {
        return new Sheet.Form(
                "New gate",
                "Fill in one of app, host and targets.",
                "/api/v1/gates",
                List.of(
                        Sheet.Input.hidden("back", frame.here()),
                        Sheet.Input.text("service", "App", "orders"),
                        Sheet.Input.text("host", "Host", "m3"),
                        Sheet.Input.text("targets", "Targets", "orders/o1 orders/o2"),
                        Sheet.Input.text("deadline", "Until", "10m").with("10m"),
                        Sheet.Input.text("reason", "Reason", "")),
                "Make the gate");
    }

    private static List<Sheet.Cell> row(GateView view, Frame frame) {
        String by = view.gate().attribution().by();
        List<Sheet.Action> actions = frame.caller().operates() && view.state() == GateState.WAITING
                ? List.of(new Sheet.Action(
                        "Cancel", "/api/v1/gates/" + view.gate().id(), Map.of("method", "DELETE"), false))
                : List.of();
        return List.of(
                Sheet.Cell.toned(view.state().word(), tone(view.state())),
                Sheet.Cell.link(view.gate().id(), "/gates/" + view.gate().id()),
                Sheet.Cell.text(SilencePages.words(view.gate().selection())),
                Sheet.Cell.text(view.why()),
                Sheet.Cell.time(view.gate().attribution().at(), frame.now()),
                Sheet.Cell.text(by == null ? "" : by),
                Sheet.Cell.actions(actions));
    }

    private static String tone(GateState state) {
        return switch (state) {
            case WAITING -> Tone.WARN;
            case OPEN -> Tone.WELL;
            case CLOSED -> Tone.ILL;
        };
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        AsyncResponse.write(context, gates.events(id), events -> {
            GateView view = gates.view(id)
                    .orElseThrow(() -> Problem.of(404, "there is no gate " + id).exception());
            write(context, view, events.orElse(List.of()));
        });
    }

    private void write(Context context, GateView view, List<GateEvent> events) {
        Frame frame = pages.frame(context, "Gate " + view.gate().id(), "Gates");
        Instant now = frame.now();
        Instant deadline = view.gate().limits().deadline();
        int passes = view.gate().rule().passes();
        List<Sheet.Fact> facts = List.of(
                new Sheet.Fact("State", Sheet.Cell.toned(view.state().word(), tone(view.state()))),
                new Sheet.Fact("Why", Sheet.Cell.text(view.why())),
                new Sheet.Fact(
                        "About", Sheet.Cell.text(SilencePages.words(view.gate().selection()))),
                new Sheet.Fact(
                        "Opens when",
                        Sheet.Cell.text("each target has "
                                + (passes == 1 ? "a fresh good poll" : passes + " fresh good polls in a row"))),
                new Sheet.Fact(
                        "Until",
                        Sheet.Cell.text(
                                deadline == null
                                        ? "no deadline"
                                        : Times.text(deadline, now) + " UTC"
                                                + (deadline.isAfter(now) ? ", in " + Times.ago(now, deadline) : ""))),
                new Sheet.Fact("Made", Sheet.Cell.time(view.gate().attribution().at(), now)));
        Sheet.Table failing = new Sheet.Table(
                "Targets that keep it from opening",
                List.of("Target", "State", "Passes", "Why"),
                failing(view),
                "None.");
        Sheet.Table happened = new Sheet.Table(
                "What happened",
                List.of("Time", "What", ""),
                events.stream()
                        .map(event -> List.of(
                                Sheet.Cell.time(event.at(), now),
                                Sheet.Cell.text(event.what()),
                                Sheet.Cell.text(event.text())))
                        .toList(),
                "Nothing yet.");
        pages.write(
                context,
                frame,
                new Sheet(
                        "Gate " + view.gate().id(),
                        new Sheet.Link("Gates", "/gates"),
                        "",
                        List.of(new Sheet.Facts("", facts), failing, deployments.table(view, events, now), happened)));
    }

    private static List<List<Sheet.Cell>> failing(GateView view) {
        List<List<Sheet.Cell>> rows = new ArrayList<>();
        if (view.answer().get("failing") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> target) {
                    String name = text(target.get("name"));
                    rows.add(List.of(
                            Sheet.Cell.link(name, "/targets/" + name),
                            Sheet.Cell.text(text(target.get("state"))),
                            Sheet.Cell.number(text(target.get("passes")) + " of "
                                    + view.gate().rule().passes()),
                            Sheet.Cell.text(text(target.get("why")))));
                }
            }
        }
        return rows;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
