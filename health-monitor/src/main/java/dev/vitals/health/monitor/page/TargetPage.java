package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.DeploymentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.web.BacktestQuery;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.Paths;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target: why it is in its state, since when, by which rule, when it heals, and on what evidence. */
public final class TargetPage implements Routes {
    private static final int CHANGES = 20;
    private static final int MESSAGES = 100;
    private static final int HAPPENED = 30;
    private static final int DEPLOYMENTS = 20;
    private static final int TOLD = 2;

    private final Pages pages;
    private final Registry registry;
    private final Suppressions suppressions;
    private final Incidents incidents;
    private final MessageStore messages;
    private final DeploymentStore deployments;
    private final TargetHistory history;
    private final LastAnswers answers;
    private final BacktestQuery backtest;
    private final Diagnosis diagnosis;

    /** Shows the targets of the registry. */
    public TargetPage(
            Pages pages,
            Registry registry,
            Suppressions suppressions,
            Incidents incidents,
            MessageStore messages,
            DeploymentStore deployments,
            TargetHistory history,
            LastAnswers answers,
            BacktestQuery backtest,
            Diagnosis diagnosis) {
        this.pages = pages;
        this.registry = registry;
        this.suppressions = suppressions;
        this.incidents = incidents;
        this.messages = messages;
        this.deployments = deployments;
        this.history = history;
        this.answers = answers;
        this.backtest = backtest;
        this.diagnosis = diagnosis;
    }

    /** A component of the last answer. */
    record Component(String name, String tone, String output, String value) {}

    /**
     * All that the page shows.
     *
     * @param difference from the last good answer
     * @param goodAt when that was; empty if there was none
     * @param evidence the last answer as it came; null if none is kept
     * @param body its text; empty for those who may not read it
     * @param tested the result of a test; empty if none was made
     * @param backtest a form to try other thresholds, and what they would have changed
     */
    record View(
            TargetId id,
            Verdict verdict,
            List<Sheet.Fact> witnesses,
            List<Sheet.Action> actions,
            List<Component> components,
            List<LastAnswers.Difference> difference,
            String goodAt,
            @Nullable Evidence evidence,
            String body,
            List<Chart> charts,
            TargetHistory.Availability availability,
            List<Happened> happened,
            List<Sheet.Fact> settings,
            List<Sheet.Part> tested,
            List<Sheet.Part> backtest) {}

    @Override
    public List<Route> routes() {
        String path = "/targets/{app}/{instance}";
        return List.of(
                Route.get("/targets/{app}", Permission.VIEW, TargetPage::app, "Show the targets of an app")
                        .answers(303, Route.Contract.NOTHING),
                BacktestQuery.parameters(Route.get(
                                path, Permission.VIEW, this::show, "Show a target with all that is known of it"))
                        .answers(200, Route.Contract.HTML),
                Route.post(path + "/test", Permission.OPERATE, this::test, "Poll a target now, without counting it")
                        .answers(200, Route.Contract.HTML));
    }

    private static void app(Context context) {
        context.redirect("/?q=" + Pages.encode(context.pathParam("app") + "/"), HttpStatus.SEE_OTHER);
    }

    private WatchedTarget find(Context context) {
        TargetId id = Paths.target(context);
        return registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception());
    }

    private void show(Context context) {
        write(context, find(context), List.of());
    }

    private void test(Context context) {
        WatchedTarget watched = find(context);
        diagnosis.answer(context, watched.target(), answer -> {
            Instant now = pages.now();
            write(context, watched, TestResult.parts(answer, now));
        });
    }

    private void write(Context context, WatchedTarget watched, List<Sheet.Part> tested) {
        TargetState state = watched.state();
        String name = watched.id() + " " + state.state();
        Frame frame = pages.frame(context, name, "").titled(name + " - Vitals", Tone.of(state.state()));
        View view = view(watched, frame, tested, tried(context, watched.target(), frame.now()));
        Pages.write(context, out -> JtetargetGenerated.render(out, null, frame, view));
    }

    private View view(WatchedTarget watched, Frame frame, List<Sheet.Part> tested, List<Sheet.Part> tried) {
        Instant now = frame.now();
        PollResult last = watched.state().lastResult();
        PollResult good = answers.good(watched.id());
        Evidence evidence = answers.last(watched.id());
        Optional<Incident> incident = incidents.of(watched.id());
        List<Message> told = incident.map(
                        open -> messages.list(new MessageStore.Filter(null, null, open.id(), null), MESSAGES))
                .orElse(List.of());
        List<Deployment> deployed = deployments.list(
                new DeploymentStore.Filter(
                        watched.id().appOrHost(), watched.id().name(), null, null),
                DEPLOYMENTS);
        return new View(
                watched.id(),
                Verdict.of(watched, now),
                witnesses(watched, incident, told, now),
                actions(watched, frame, incident),
                last == null
                        ? List.of()
                        : last.components().stream()
                                .sorted(Comparator.comparing(ComponentState::status)
                                        .reversed())
                                .map(TargetPage::component)
                                .toList(),
                last == null || good == null || good.isSameAs(last) ? List.of() : LastAnswers.difference(good, last),
                good == null ? "" : Times.text(good.time(), now),
                evidence,
                evidence != null && frame.caller().operates() ? evidence.body() : "",
                history.charts(watched.id(), deployed, now),
                history.availability(watched.id(), now),
                happened(watched.id(), incident, told, deployed, now),
                settings(watched.target(), now),
                tested,
                tried);
    }

    private List<Sheet.Part> tried(Context context, Target target, Instant now) {
        List<Sheet.Part> parts = new ArrayList<>();
        parts.add(BacktestParts.form(target, context::queryParam));
        if (BacktestQuery.isAsked(context)) {
            parts.addAll(BacktestParts.of(backtest.run(context, target), now));
        }
        return parts;
    }

    private List<Sheet.Fact> witnesses(
            WatchedTarget watched, Optional<Incident> incident, List<Message> told, Instant now) {
        List<Sheet.Fact> facts = new ArrayList<>();
        PollResult last = watched.state().lastResult();
        Target target = watched.target();
        facts.add(new Sheet.Fact(
                "Last look",
                Sheet.Cell.text(
                        last == null
                                ? "none yet"
                                : Times.ago(last.time(), now) + " ago, polled every "
                                        + Times.words(target.interval()))));
        if (last != null) {
            facts.add(new Sheet.Fact("Poll", Sheet.Cell.text(poll(last))));
        }
        Instant lease = target.leaseUntil();
        if (lease != null) {
            facts.add(new Sheet.Fact(
                    "Renewal",
                    Sheet.Cell.toned(
                            registry.leaseExpired(target)
                                    ? "late: the app has not renewed its registration"
                                    : "on time, good until " + Times.text(lease, now) + ": the app itself runs",
                            registry.leaseExpired(target) ? Tone.WARN : Tone.WELL)));
        }
        Suppressed.of(suppressions.active(now), target).ifPresent(suppressed -> {
            if (suppressed.maintenance() != null) {
                facts.add(suppression("Maintenance", suppressed.maintenance(), now));
            }
            if (suppressed.silence() != null) {
                facts.add(suppression("Silenced", suppressed.silence(), now));
            }
        });
        incident.ifPresent(open -> facts.add(
                new Sheet.Fact("Incident", Sheet.Cell.link(open.cause().toString(), "/incidents/" + open.id()))));
        told.stream()
                .map(message -> told(message, now))
                .flatMap(Optional::stream)
                .limit(TOLD)
                .forEach(facts::add);
        return facts;
    }

    private static Optional<Sheet.Fact> told(Message message, Instant now) {
        Instant at = message.progress().acceptedAt();
        return at == null
                ? Optional.empty()
                : Optional.of(new Sheet.Fact(
                        "Told",
                        Sheet.Cell.text(message.receiver() + " at " + Times.text(at, now) + ", accepted by "
                                + message.progress().text())));
    }

    private static Sheet.Fact suppression(String label, Suppressed.Active active, Instant now) {
        return new Sheet.Fact(
                label,
                Sheet.Cell.text(active.suppression().name() + " until " + Times.text(active.until(), now) + " UTC"));
    }

    private static String poll(PollResult last) {
        String status = last.httpStatus() == null ? "" : last.httpStatus() + ", ";
        return status + last.code() + ", in " + Chart.millis(last.latency().toNanos() / 1_000) + " ms";
    }

    private static List<Sheet.Action> actions(WatchedTarget watched, Frame frame, Optional<Incident> incident) {
        if (!frame.caller().operates()) {
            return List.of();
        }
        String id = watched.id().toString();
        List<Sheet.Action> actions = new ArrayList<>();
        actions.add(new Sheet.Action("Test now", "/targets/" + id + "/test", Map.of(), true));
        actions.add(new Sheet.Action(
                "Silence 1 h",
                "/api/v1/silences",
                Map.of("targets", id, "to", "1h", "name", "page of " + id, "reason", "silenced on its page"),
                false));
        incident.filter(open -> open.acknowledged() == null)
                .ifPresent(open -> actions.add(new Sheet.Action(
                        "Acknowledge",
                        "/api/v1/incidents/" + open.id() + "/acknowledge",
                        Map.of("reason", "seen on its page"),
                        false)));
        return actions;
    }

    private static Component component(ComponentState component) {
        return new Component(
                component.name(),
                Tone.of(component.status()),
                component.output() == null ? "" : component.output(),
                LastAnswers.value(component));
    }

    private List<Happened> happened(
            TargetId id, Optional<Incident> incident, List<Message> told, List<Deployment> deployed, Instant now) {
        List<Happened> all = new ArrayList<>();
        registry.changes(id, CHANGES).forEach(change -> all.add(Happened.of(change, now)));
        told.forEach(message -> all.add(Happened.of(message, now)));
        incident.map(Incident::acknowledged).ifPresent(by -> all.add(Happened.acknowledged(by, now)));
        deployed.forEach(deployment -> all.addAll(Happened.of(deployment, now)));
        all.sort(Comparator.comparing(Happened::at).reversed());
        return all.stream().limit(HAPPENED).toList();
    }

    private static List<Sheet.Fact> settings(Target target, Instant now) {
        List<Sheet.Fact> facts = new ArrayList<>();
        facts.add(new Sheet.Fact("Subject", Sheet.Cell.text(target.probe().subject())));
        facts.add(new Sheet.Fact("Kind", Sheet.Cell.text(target.probe().kind())));
        facts.add(new Sheet.Fact(
                "From",
                Sheet.Cell.text(target.source().word() + " since " + Times.text(target.registeredAt(), now) + " UTC")));
        facts.add(new Sheet.Fact(
                "Interval, timeout",
                Sheet.Cell.text(Times.words(target.interval()) + ", " + Times.words(target.timeout()))));
        facts.add(new Sheet.Fact(
                "Thresholds",
                Sheet.Cell.text(
                        "UNHEALTHY after " + target.thresholds().failureThreshold() + " failures, HEALTHY after "
                                + target.thresholds().successThreshold() + " good polls in a row")));
        target.labels()
                .forEach((name, value) -> facts.add(new Sheet.Fact(
                        "Label " + name, Sheet.Cell.link(value, "/?q=" + Pages.encode(name + "=" + value)))));
        return facts;
    }
}
