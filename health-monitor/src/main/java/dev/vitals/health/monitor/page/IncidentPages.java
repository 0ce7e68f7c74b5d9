package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.text.IncidentMarkdown;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The incidents, and each with its timeline: what happened to it, who was told, and who takes care. */
public final class IncidentPages implements Routes {
    private static final int LISTED = 200;
    private static final int EVENTS = 1_000;
    private static final int MESSAGES = 1_000;

    private final Pages pages;
    private final IncidentStore store;
    private final MessageStore messages;

    /** Shows the incidents of that store. */
    public IncidentPages(Pages pages, IncidentStore store, MessageStore messages) {
        this.pages = pages;
        this.store = store;
        this.messages = messages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/incidents", Permission.VIEW, this::list, "Show the incidents, the newest first")
                        .query("state", "open or ended; both if absent")
                        .answers(200, Route.Contract.HTML),
                Route.get("/incidents/{id}", Permission.VIEW, this::show, "Show an incident with its timeline")
                        .answers(200, Route.Contract.HTML)
                        .answers(200, Route.Contract.MARKDOWN));
    }

    private void list(Context context) {
        String state = context.queryParam("state");
        Boolean open = state == null ? null : (Boolean) state.equals("open");
        Frame frame = pages.frame(context, "Incidents", "Incidents");
        List<List<Sheet.Cell>> rows =
                store.list(new IncidentStore.Filter(open, null, null, null, null), LISTED).stream()
                        .map(incident -> row(incident, frame.now()))
                        .toList();
        Sheet.Table table = new Sheet.Table(
                "",
                List.of("State", "Cause", "Began", "Lasted", "Latest evidence", "Taken care of by"),
                rows,
                "No incident: nothing has gone wrong since this monitor was set up.");
        pages.write(
                context,
                frame,
                new Sheet(
                        "Incidents",
                        null,
                        "An incident is one span of trouble with one cause. The newest " + LISTED + " are shown.",
                        List.of(table)));
    }

    private static List<Sheet.Cell> row(Incident incident, Instant now) {
        Incident.End end = incident.end();
        Attribution by = incident.acknowledged();
        return List.of(
                end == null
                        ? Sheet.Cell.state(incident.state())
                        : Sheet.Cell.toned(end.ending().word(), Tone.WELL),
                Sheet.Cell.link(incident.cause().toString(), "/incidents/" + incident.id()),
                Sheet.Cell.time(incident.openedAt(), now),
                Sheet.Cell.number(Times.ago(incident.openedAt(), end == null ? now : end.at())),
                Sheet.Cell.text(incident.latestEvidence()),
                Sheet.Cell.text(by == null || by.by() == null ? "" : by.by()));
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        Incident incident = store.find(id)
                .orElseThrow(() -> Problem.of(404, "there is no incident " + id).exception());
        List<Incident.Member> members = store.members(id);
        List<IncidentEvent> events = store.events(id, EVENTS);
        List<Message> sent = messages.list(new MessageStore.Filter(null, null, id, null), MESSAGES);
        if (ProgramText.wanted(context) != ProgramText.Form.HTML) {
            context.contentType(Route.Contract.MARKDOWN + "; charset=utf-8")
                    .result(IncidentMarkdown.of(incident, members, events, sent));
            return;
        }
        Frame frame = pages.frame(context, incident.cause().toString(), "Incidents");
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(facts(incident, frame.now()));
        if (frame.caller().operates()) {
            parts.addAll(forms(incident, frame));
        }
        parts.add(targets(members, frame.now()));
        parts.add(timeline(events, frame.now()));
        parts.add(MessagePages.table("Messages", sent, frame));
        parts.add(new Sheet.Text("As Markdown, for a ticket", IncidentMarkdown.of(incident, members, events, sent)));
        pages.write(
                context,
                frame,
                new Sheet(incident.cause().toString(), new Sheet.Link("Incidents", "/incidents"), "", parts));
    }

    private static Sheet.Facts facts(Incident incident, Instant now) {
        List<Sheet.Fact> facts = new ArrayList<>();
        Incident.End end = incident.end();
        facts.add(new Sheet.Fact(
                "State",
                end == null
                        ? Sheet.Cell.state(incident.state())
                        : Sheet.Cell.toned(end.ending().word() + ": " + end.why(), Tone.WELL)));
        facts.add(new Sheet.Fact("Began", Sheet.Cell.time(incident.openedAt(), now)));
        facts.add(new Sheet.Fact("Ended", end == null ? Sheet.Cell.text("not yet") : Sheet.Cell.time(end.at(), now)));
        facts.add(new Sheet.Fact(
                "Lasted", Sheet.Cell.text(Times.ago(incident.openedAt(), end == null ? now : end.at()))));
        facts.add(new Sheet.Fact("First evidence", Sheet.Cell.text(incident.firstEvidence())));
        facts.add(new Sheet.Fact("Latest evidence", Sheet.Cell.text(incident.latestEvidence())));
        Attribution by = incident.acknowledged();
        facts.add(new Sheet.Fact(
                "Taken care of by",
                Sheet.Cell.text(
                        by == null ? "nobody yet" : by.by() + (by.reason() == null ? "" : ": " + by.reason()))));
        if (end != null && end.into() != null) {
            facts.add(new Sheet.Fact("Continues in", Sheet.Cell.link("that incident", "/incidents/" + end.into())));
        }
        return new Sheet.Facts("", facts);
    }

    private static List<Sheet.Part> forms(Incident incident, Frame frame) {
        List<Sheet.Part> forms = new ArrayList<>();
        String path = "/api/v1/incidents/" + incident.id();
        if (incident.isOpen() && incident.acknowledged() == null) {
            forms.add(form(
                    frame,
                    "Acknowledge",
                    "It ends the reminders until it recovers. Checks go on.",
                    path + "/acknowledge",
                    "What you do about it",
                    "Acknowledge"));
        }
        forms.add(form(frame, "Note", "", path + "/notes", "What others should know", "Add the note"));
        return forms;
    }

    private static Sheet.Form form(
            Frame frame, String heading, String note, String action, String label, String button) {
        return new Sheet.Form(
                heading,
                note,
                action,
                List.of(
                        Sheet.Input.hidden("back", frame.here()),
                        Sheet.Input.text("reason", label, "").must()),
                button);
    }

    private static Sheet.Table targets(List<Incident.Member> members, Instant now) {
        return new Sheet.Table(
                "Targets",
                List.of("State", "Target", "Since", "Until", "Why"),
                members.stream()
                        .map(member -> List.of(
                                Sheet.Cell.state(member.state()),
                                Sheet.Cell.link(member.target().toString(), "/targets/" + member.target()),
                                Sheet.Cell.time(member.since(), now),
                                Sheet.Cell.time(member.until(), now),
                                Sheet.Cell.text(member.why())))
                        .toList(),
                "No target is part of it.");
    }

    private static Sheet.Table timeline(List<IncidentEvent> events, Instant now) {
        return new Sheet.Table(
                "Timeline",
                List.of("Time", "What", "Target", "By", ""),
                events.stream()
                        .map(event -> List.of(
                                Sheet.Cell.time(event.at(), now),
                                Sheet.Cell.text(event.kind().word()),
                                Sheet.Cell.text(text(event.target())),
                                Sheet.Cell.text(text(event.by())),
                                Sheet.Cell.text(event.text())))
                        .toList(),
                "Nothing happened yet.");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
