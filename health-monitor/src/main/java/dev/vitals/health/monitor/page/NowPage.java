package dev.vitals.health.monitor.page;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.web.Grouping;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The first page: what is wrong now, with its causes on top, and all targets. */
public final class NowPage implements Routes {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_GROUPS = 60;
    private static final int MAX_TOLD = 3;
    private static final int MAX_MESSAGES = 100;
    // A browser stays quick with so many rows; who has more of them filters.
    private static final int MAX_ROWS = 2_000;
    // What is behind a host concerns many targets, an expectation an app.
    private static final List<Cause.Kind> BREADTH =
            List.of(Cause.Kind.MONITOR, Cause.Kind.HOST, Cause.Kind.EXPECTATION, Cause.Kind.CHANNEL, Cause.Kind.TARGET);
    private static final Comparator<Incident> BROADEST_FIRST = Comparator.comparing(
                    (Incident incident) -> BREADTH.indexOf(incident.cause().kind()))
            .thenComparing(incident -> Tone.rank(incident.state()))
            .thenComparing(Incident::openedAt);

    private final Pages pages;
    private final Board board;
    private final Registry registry;
    private final Suppressions suppressions;
    private final Incidents incidents;
    private final IncidentStore store;
    private final MessageStore messages;
    private final Health health;

    /** Shows these targets and incidents. */
    public NowPage(
            Pages pages,
            Board board,
            Registry registry,
            Suppressions suppressions,
            Incidents incidents,
            IncidentStore store,
            MessageStore messages,
            Health health) {
        this.pages = pages;
        this.board = board;
        this.registry = registry;
        this.suppressions = suppressions;
        this.incidents = incidents;
        this.store = store;
        this.messages = messages;
        this.health = health;
    }

    /** How many targets are in a state. */
    record Count(String tone, int number, String word, String path) {}

    /**
     * The root of some trouble.
     *
     * @param facts since when, why, who was told, in sentences
     * @param acknowledged by whom and why; empty if it is not
     * @param actions what can be done about it
     */
    record OpenCause(
            String tone, String title, String path, String facts, String acknowledged, List<Sheet.Action> actions) {}

    /** A machine, a cluster or an app with the worst state in it. */
    record Group(String name, State worst, int total, String path) {
        String tone() {
            return Tone.of(worst);
        }
    }

    /**
     * Groups of one kind.
     *
     * @param groups the worst of them
     * @param more how many there are besides
     */
    record Strip(String heading, List<Group> groups, int more) {}

    /** What is above the table. */
    record Summary(List<Count> counts, List<OpenCause> own, List<OpenCause> causes, int more, List<Strip> strips) {}

    /**
     * The table of targets.
     *
     * @param rows its HTML, the worst first
     * @param shown how many rows these are
     * @param matching how many targets match the filter
     * @param all how many targets there are
     */
    record Table(String rows, int shown, int matching, int all) {}

    /** A machine with what is not healthy on it, and how many targets are: to be read from afar. */
    record Tile(String name, String tone, List<Row> rows, int healthy) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/", Permission.VIEW, this::show, "Show what is wrong now, and all targets")
                        .query("q", "Only targets that match: words, label=value, a state, or failing")
                        .query("view", "wall for a page to be read from afar")
                        .answers(200, Route.Contract.HTML)
                        .answers(200, Route.Contract.TEXT)
                        .answers(200, Route.Contract.MARKDOWN)
                        .answers(200, "Index"),
                Route.get("/api", Permission.VIEW, Index::write, "Show programs where to begin")
                        .answers(200, "Index"),
                Route.get("/summary", Permission.VIEW, this::summary, "Show the part of the first page above the table")
                        .query("q", "As of the page")
                        .answers(200, Route.Contract.HTML),
                Route.get("/stream", Permission.VIEW, this::stream, "Follow the changes of the table")
                        .answers(200, Route.Contract.EVENTS));
    }

    private void show(Context context) {
        TargetFilter filter = TargetFilter.of(context.queryParam("q"));
        List<WatchedTarget> targets = registry.targets().stream().filter(filter).toList();
        switch (ProgramText.wanted(context)) {
            case PLAIN -> context.contentType(Route.Contract.TEXT).result(ProgramText.plain(targets, pages.now()));
            case MARKDOWN ->
                context.contentType(Route.Contract.MARKDOWN).result(ProgramText.markdown(targets, pages.now()));
            case INDEX -> Index.write(context);
            case HTML -> page(context, filter, targets);
        }
    }

    private void page(Context context, TargetFilter filter, List<WatchedTarget> targets) {
        Frame frame = pages.frame(context, "Now", "Now").filteredBy(filter.text());
        if ("wall".equals(context.queryParam("view"))) {
            List<Tile> tiles = tiles(targets);
            Pages.write(context, out -> JtewallGenerated.render(out, null, frame, tiles));
            return;
        }
        List<WatchedTarget> shown =
                targets.stream().sorted(Tone.WORST_FIRST).limit(MAX_ROWS).toList();
        String rows = board.rows(shown).stream().map(Board.Shown::html).collect(Collectors.joining("\n"));
        Table table =
                new Table(rows, shown.size(), targets.size(), registry.targets().size());
        Summary summary = summary(frame, targets);
        Pages.write(context, out -> JtenowGenerated.render(out, null, frame, summary, table));
    }

    private void summary(Context context) {
        TargetFilter filter = TargetFilter.of(context.queryParam("q"));
        Frame frame = pages.frame(context, "Now", "Now").filteredBy(filter.text());
        List<WatchedTarget> targets = registry.targets().stream().filter(filter).toList();
        Summary summary = summary(frame, targets);
        Pages.write(context, out -> JtesummaryGenerated.render(out, null, frame, summary));
    }

    private void stream(Context context) {
        board.streams().add(context, Board.first(ThreadLocalRandom.current().nextDouble()));
    }

    private Summary summary(Frame frame, List<WatchedTarget> targets) {
        List<Incident> open = incidents.open().stream()
                .filter(incident -> incident.cause().kind() != Cause.Kind.MONITOR)
                .sorted(BROADEST_FIRST)
                .toList();
        return new Summary(
                counts(targets, frame.now()),
                own(),
                open.stream()
                        .limit(MAX_CAUSES)
                        .map(incident -> cause(frame, incident))
                        .toList(),
                Math.max(0, open.size() - MAX_CAUSES),
                List.of(strip("Clusters", Grouping.CLUSTER, targets), strip("Machines", Grouping.MACHINE, targets)));
    }

    private List<Count> counts(List<WatchedTarget> targets, Instant now) {
        Map<State, Integer> numbers = Grouping.summary(targets).counts();
        List<Count> counts = new ArrayList<>();
        for (State state : Tone.ORDER) {
            int number = numbers.getOrDefault(state, 0);
            if (number > 0 || state == State.HEALTHY) {
                String word = state.name().toLowerCase(Locale.ROOT);
                counts.add(new Count(Tone.of(state), number, word, "/?q=" + word));
            }
        }
        List<Suppressed.Active> active = suppressions.active(now);
        long maintained = targets.stream()
                .filter(watched -> Suppressed.of(active, watched.target())
                        .filter(suppressed -> suppressed.maintenance() != null)
                        .isPresent())
                .count();
        if (maintained > 0) {
            counts.add(new Count(Tone.WORK, (int) maintained, "in maintenance", "/silences"));
        }
        return counts;
    }

    /** Returns the trouble of the monitor itself: while there is some, the states below may be wrong. */
    private List<OpenCause> own() {
        return health.report().checks().stream()
                .filter(result -> result.status() != Status.PASS)
                .map(NowPage::own)
                .toList();
    }

    private static OpenCause own(CheckResult result) {
        Outcome outcome = result.outcome();
        String why = outcome == null ? "" : outcome.message().orElse("");
        return new OpenCause(
                Tone.of(result.status()), "This monitor: " + result.name(), "/monitor", why, "", List.of());
    }

    private OpenCause cause(Frame frame, Incident incident) {
        Attribution by = incident.acknowledged();
        int affected = (int) store.members(incident.id()).stream()
                .filter(Incident.Member::isAffected)
                .count();
        String behind = affected > 1 ? " (" + affected + " targets)" : "";
        String facts = "Since " + Times.text(incident.openedAt(), frame.now()) + " UTC ("
                + Times.ago(incident.openedAt(), frame.now()) + "). " + told(incident.id());
        List<Sheet.Action> actions = new ArrayList<>();
        if (frame.caller().operates() && by == null) {
            actions.add(
                    new Sheet.Action("Acknowledge", "/incidents/" + incident.id() + "#acknowledge", Map.of(), true));
        }
        return new OpenCause(
                Tone.of(incident.state()),
                incident.cause() + behind + ": " + incident.latestEvidence(),
                "/incidents/" + incident.id(),
                facts,
                by == null ? "" : "acknowledged by " + by.by() + (by.reason() == null ? "" : ": " + by.reason()),
                actions);
    }

    private String told(String incident) {
        List<Message> all = messages.list(new MessageStore.Filter(null, null, incident, null), MAX_MESSAGES);
        List<String> names = all.stream()
                .filter(message -> message.progress().state() == Message.State.ACCEPTED)
                .map(message -> message.receiver().toString())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return all.isEmpty() ? "Nobody is told." : "Nobody was told yet.";
        }
        String more = names.size() > MAX_TOLD ? " and " + (names.size() - MAX_TOLD) + " more" : "";
        return "Told: " + names.stream().limit(MAX_TOLD).collect(Collectors.joining(", ")) + more + ".";
    }

    private static Strip strip(String heading, String label, List<WatchedTarget> targets) {
        List<Group> groups = new ArrayList<>();
        Grouping.by(label, targets).forEach((name, members) -> {
            State worst = Grouping.summary(members).worst().orElse(State.UNKNOWN);
            String path = "/?q=" + Pages.encode(label + "=" + name);
            groups.add(new Group(name, worst, members.size(), path));
        });
        int more = Math.max(0, groups.size() - MAX_GROUPS);
        return new Strip(heading, worst(groups), more);
    }

    /** Returns the worst groups, as many as a strip has, in the order of all. */
    private static List<Group> worst(List<Group> groups) {
        Set<Group> shown = groups.stream()
                .sorted(Comparator.comparing((Group group) -> Tone.rank(group.worst())))
                .limit(MAX_GROUPS)
                .collect(Collectors.toSet());
        return groups.stream().filter(shown::contains).toList();
    }

    private List<Tile> tiles(List<WatchedTarget> targets) {
        List<Tile> tiles = new ArrayList<>();
        Grouping.by(Grouping.MACHINE, targets).forEach((name, members) -> tiles.add(tile(name, members)));
        List<WatchedTarget> others = targets.stream()
                .filter(watched -> !watched.target().labels().containsKey(Grouping.MACHINE))
                .toList();
        Grouping.by(Grouping.SERVICE, others).forEach((name, members) -> tiles.add(tile(name, members)));
        return tiles;
    }

    private Tile tile(String name, List<WatchedTarget> members) {
        State worst = Grouping.summary(members).worst().orElse(State.UNKNOWN);
        List<WatchedTarget> ill = members.stream()
                .filter(watched -> watched.state().state() != State.HEALTHY)
                .sorted(Tone.WORST_FIRST)
                .toList();
        List<Row> rows = board.rows(ill).stream().map(Board.Shown::row).toList();
        return new Tile(name, Tone.of(worst), rows, members.size() - rows.size());
    }
}
