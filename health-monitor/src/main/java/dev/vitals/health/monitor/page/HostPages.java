package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeKind;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks of hosts, which are made here and not registered by an app: shown, added, tested, removed. */
public final class HostPages implements Routes {
    private static final List<String> KINDS = Probes.KINDS.allowedFor(Source.HOST).stream()
            .map(ProbeKind::name)
            .sorted()
            .toList();

    private static final String STANDARD = "http";

    private final Pages pages;
    private final HostChecks hosts;
    private final Registry registry;

    /** Shows the checks of these hosts. */
    public HostPages(Pages pages, HostChecks hosts, Registry registry) {
        this.pages = pages;
        this.hosts = hosts;
        this.registry = registry;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/hosts", Permission.VIEW, this::show, "Show the checks of hosts")
                .query("host", "Only those of this host, with a form for a new one")
                .query("kind", "The kind of the new one; http if absent")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "Hosts", "Hosts");
        String host = context.queryParam("host");
        boolean chosen = host != null && TargetId.isName(host);
        List<String> shown = chosen ? List.of(host) : hosts.hosts();
        List<List<Sheet.Cell>> rows = new ArrayList<>();
        for (String one : shown) {
            hosts.checks(one).forEach(check -> rows.add(row(check, frame)));
        }
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(new Sheet.Table(
                "",
                List.of("State", "Host", "Check", "What", "Why", "", ""),
                rows,
                chosen
                        ? "Host " + host + " has no checks yet."
                        : "No host has checks. Apps that register themselves are on the first page."));
        if (frame.caller().operates()) {
            if (chosen) {
                String kind = context.queryParam("kind");
                String known = kind != null && KINDS.contains(kind) ? kind : STANDARD;
                parts.add(HostEditPages.newForm(host, "", known, null, ""));
                parts.add(choose(host, known));
            } else {
                parts.add(choose("", STANDARD));
            }
        }
        pages.write(
                context,
                frame,
                new Sheet(
                        chosen ? host : "Hosts",
                        chosen ? new Sheet.Link("Hosts", "/hosts") : null,
                        "Checks that this monitor makes by itself: ports, URLs, certificates, names. A test shows what a check finds, and does not count.",
                        parts));
    }

    private List<Sheet.Cell> row(HostCheck check, Frame frame) {
        Optional<WatchedTarget> watched = registry.target(check.id());
        String path = "/api/v1/hosts/" + check.host() + "/checks/" + check.name();
        List<Sheet.Action> actions = new ArrayList<>();
        if (frame.caller().operates()) {
            actions.add(new Sheet.Action("Test now", "/targets/" + check.id() + "/test", Map.of(), false));
            actions.add(new Sheet.Action("Remove", path, Map.of("method", "DELETE"), false));
        }
        return List.of(
                watched.map(one -> Sheet.Cell.state(one.state().state()))
                        .orElse(Sheet.Cell.toned(check.enabled() ? "not polled" : "off", Tone.GONE)),
                Sheet.Cell.link(check.host(), "/hosts?host=" + check.host()),
                Sheet.Cell.link(check.name(), "/targets/" + check.id()),
                Sheet.Cell.text(check.settings().probe().kind() + " "
                        + check.settings().probe().subject()),
                Sheet.Cell.text(watched.map(one -> one.state().why()).orElse("")),
                frame.caller().operates()
                        ? Sheet.Cell.link("Edit", "/hosts/" + check.host() + "/checks/" + check.name())
                        : Sheet.Cell.text(""),
                Sheet.Cell.actions(actions));
    }

    private static Sheet.Form choose(String host, String kind) {
        return new Sheet.Form(
                host.isEmpty() ? "Add a check" : "Another kind or host",
                "Say first on which host, and what kind of check.",
                "get",
                "/hosts",
                List.of(
                        Sheet.Input.text("host", "Host", "m3").must().with(host),
                        Sheet.Input.select("kind", "Kind", KINDS).with(kind)),
                "Go on");
    }
}
