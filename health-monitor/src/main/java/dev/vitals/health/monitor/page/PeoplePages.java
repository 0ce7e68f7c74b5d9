package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Access;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.access.Tokens;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.AuditFilter;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** People, tokens, and who did what. */
public final class PeoplePages implements Routes {
    private static final int ENTRIES = 200;
    private static final List<String> ROLES =
            Stream.of(Role.values()).map(Role::word).toList();

    private final Pages pages;
    private final Access access;

    /** Shows these people and tokens. */
    public PeoplePages(Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/people", Permission.ADMIN, this::show, "Show people, tokens, and who did what")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "People, tokens, audit", "");
        Instant now = frame.now();
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(new Sheet.Table(
                "People",
                List.of("Name", "Role", "Since", ""),
                access.users().list().stream()
                        .map(user -> List.of(
                                Sheet.Cell.text(user.name()),
                                Sheet.Cell.text(user.role().word()),
                                Sheet.Cell.time(user.created(), now),
                                remove(frame, "Remove", "/api/v1/users/" + Pages.encode(user.name()))))
                        .toList(),
                "Nobody can log in yet."));
        parts.add(new Sheet.Table(
                "Tokens",
                List.of("State", "Name", "Role", "Made", "Last used", "Expires", ""),
                access.tokens().list().stream().map(token -> row(token, frame)).toList(),
                "There is no token."));
        if (frame.caller().administers()) {
            parts.addAll(forms(frame));
        }
        parts.add(new Sheet.Table(
                "Who did what",
                List.of("Time", "Who", "From", "Did", "To", ""),
                access.audit().entries(AuditFilter.newest(ENTRIES)).stream()
                        .map(entry -> row(entry, now))
                        .toList(),
                "Nothing was changed yet."));
        pages.write(context, frame, new Sheet("People, tokens, audit", null, "", parts));
    }

    private static Sheet.Cell remove(Frame frame, String label, String path) {
        return Sheet.Cell.actions(
                frame.caller().administers()
                        ? List.of(new Sheet.Action(label, path, Map.of("method", "DELETE"), false))
                        : List.of());
    }

    private static List<Sheet.Cell> row(Tokens.Token token, Frame frame) {
        Instant now = frame.now();
        boolean expired = token.expires() != null && token.expires().isBefore(now);
        boolean inForce = token.revoked() == null && !expired;
        return List.of(
                inForce
                        ? Sheet.Cell.toned("in force", Tone.WELL)
                        : Sheet.Cell.toned(expired ? "expired" : "revoked", Tone.GONE),
                Sheet.Cell.text(token.name()),
                Sheet.Cell.text(token.role().word()),
                Sheet.Cell.time(token.created(), now),
                Sheet.Cell.time(token.used(), now),
                Sheet.Cell.time(token.expires(), now),
                inForce
                        ? remove(frame, "Revoke", "/api/v1/tokens/" + Pages.encode(token.name()))
                        : Sheet.Cell.text(""));
    }

    private static List<Sheet.Part> forms(Frame frame) {
        return List.of(
                new Sheet.Form(
                        "New person",
                        "",
                        "/api/v1/users",
                        List.of(
                                Sheet.Input.hidden("back", frame.here()),
                                Sheet.Input.text("name", "Name", "").must(),
                                Sheet.Input.select("role", "Role", List.of("viewer", "operator", "admin")),
                                new Sheet.Input("password", "Password", "password", "", "", List.of(), true)),
                        "Add"),
                new Sheet.Form(
                        "New token",
                        "It is shown once.",
                        "/api/v1/tokens",
                        List.of(
                                Sheet.Input.hidden("back", frame.here()),
                                Sheet.Input.text("name", "Name", "").must(),
                                Sheet.Input.select("role", "Role", ROLES),
                                Sheet.Input.text("expires", "Expires", "90d")),
                        "Create"));
    }

    private static List<Sheet.Cell> row(AuditEntry entry, Instant now) {
        return List.of(
                Sheet.Cell.time(entry.at(), now),
                Sheet.Cell.text(entry.actor()),
                Sheet.Cell.text(entry.address()),
                Sheet.Cell.text(entry.action() + (entry.outcome().equals("ok") ? "" : " (" + entry.outcome() + ")")),
                Sheet.Cell.text(entry.object()),
                Sheet.Cell.text(entry.detail()));
    }
}
