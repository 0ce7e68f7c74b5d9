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
                List.of("State", "Host", "Check", "What", "Why", ""),
                rows,
                chosen
                        ? "Host " + host + " has no checks yet."
                        : "No host has checks. Apps that register themselves are on the first page."));
        if (frame.caller().operates()) {
            parts.add(chosen ? add(host, frame) : choose());
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
                Sheet.Cell.actions(actions));
    }

    private static Sheet.Form choose() {
        return new Sheet.Form(
                "Add a check",
                "Say first on which host.",
                "get",
                "/hosts",
                List.of(Sheet.Input.text("host", "Host", "m3").must()),
                "Go on");
    }

    private static Sheet.Form add(String host, Frame frame) {
        return new Sheet.Form(
                "Add a check of " + host,
                "What each kind needs is in docs/monitor/targets.md: http takes a URL, tcp and tls an address and a port, dns a name.",
                "/api/v1/hosts/" + host + "/checks",
                List.of(
                        Sheet.Input.hidden("back", frame.here()),
                        Sheet.Input.text("check", "Name", "web").must(),
                        Sheet.Input.select("kind", "Kind", KINDS),
                        Sheet.Input.text("url", "URL", "http://m3:8080/"),
                        Sheet.Input.text("host", "Address", "10.0.0.7"),
                        Sheet.Input.text("port", "Port", "5432"),
                        Sheet.Input.text("interval", "Interval", "30s"),
                        Sheet.Input.text("timeout", "Timeout", "5s")),
                "Add the check");
    }
}
