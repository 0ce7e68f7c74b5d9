package dev.vitals.health.monitor.page;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.engine.StreakCounts;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.BacktestQuery;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.HostDrafts;
import dev.vitals.health.monitor.web.HostForm;
import dev.vitals.health.monitor.web.Paths;
import dev.vitals.health.monitor.web.Problem;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Edits a check of a host: filled in with what is saved, and tested under the saved and the edited settings side by side. */
public final class HostEditPages implements Routes {
    private static final String ONE = "/hosts/{host}/checks/{check}";
    private static final List<String> FLAG = List.of("true", "false");

    private final Pages pages;
    private final HostDrafts drafts;
    private final Registry registry;
    private final BacktestQuery backtest;
    private final Diagnosis diagnosis;

    /** Edits the checks of these drafts. */
    public HostEditPages(
            Pages pages, HostDrafts drafts, Registry registry, BacktestQuery backtest, Diagnosis diagnosis) {
        this.pages = pages;
        this.drafts = drafts;
        this.registry = registry;
        this.backtest = backtest;
        this.diagnosis = diagnosis;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ONE, Permission.OPERATE, this::edit, "Edit a host check")
                        .answers(200, Route.Contract.HTML),
                Route.post(
                                ONE + "/test",
                                Permission.OPERATE,
                                this::test,
                                "Test an edited host check, without saving it")
                        .answers(200, Route.Contract.HTML),
                Route.post(
                                "/hosts/{host}/test",
                                Permission.OPERATE,
                                this::testNew,
                                "Test a new host check, without saving it")
                        .answers(200, Route.Contract.HTML));
    }

    private static String path(TargetId id) {
        return "/hosts/" + id.appOrHost() + "/checks/" + id.name();
    }

    private void edit(Context context) {
        TargetId id = Paths.check(context);
        HostCheck saved = drafts.saved(id)
                .orElseThrow(
                        () -> Problem.of(404, "there is no host check " + id).exception());
        write(context, id, List.of(editForm(id, saved.settings(), saved.enabled(), "")));
    }

    private void write(Context context, TargetId id, List<Sheet.Part> parts) {
        Frame frame = pages.frame(context, id.toString(), "Hosts");
        String host = id.appOrHost();
        pages.write(
                context,
                frame,
                new Sheet(
                        id.toString(),
                        new Sheet.Link("Hosts / " + host, "/hosts?host=" + host),
                        "A test asks the host now under the settings of this form, and under the saved ones beside. It does not count, and saves"
                                + " nothing.",
                        parts));
    }

    private Sheet.Form editForm(TargetId id, ProbeSettings settings, boolean enabled, String test) {
        List<Sheet.Input> inputs = new ArrayList<>();
        inputs.add(Sheet.Input.hidden("back", "/hosts?host=" + id.appOrHost()));
        inputs.add(Sheet.Input.hidden("method", "PUT"));
        inputs.add(Sheet.Input.hidden("kind", settings.probe().kind()));
        inputs.add(Sheet.Input.hidden(HostDrafts.TEST, test));
        HostForm.fields(settings.probe().kind(), settings).forEach(field -> inputs.add(input(field)));
        inputs.add(Sheet.Input.select("enabled", "polled", FLAG).with(String.valueOf(enabled)));
        inputs.add(untested());
        return new Sheet.Form(
                        "Settings",
                        "Kind " + settings.probe().kind()
                                + ". A secret is not shown; it stays if its field is empty and the server is the"
                                + " same. Headers, labels and lists of objects are added through the API.",
                        "/api/v1" + path(id),
                        inputs,
                        "Save")
                .with(new Sheet.Button("Test", path(id) + "/test"));
    }

    /** Returns the form of a new check of a host; filled in unless the settings are null. */
    static Sheet.Form newForm(String host, String name, String kind, @Nullable ProbeSettings settings, String test) {
        List<Sheet.Input> inputs = new ArrayList<>();
        inputs.add(Sheet.Input.hidden("back", "/hosts?host=" + host));
        inputs.add(Sheet.Input.hidden("kind", kind));
        inputs.add(Sheet.Input.hidden(HostDrafts.TEST, test));
        inputs.add(Sheet.Input.text("check", "Name", "web").must().with(name));
        HostForm.fields(kind, settings).forEach(field -> inputs.add(input(field)));
        inputs.add(untested());
        return new Sheet.Form(
                        "Add a check of " + host,
                        "Kind " + kind
                                + "; the fields are explained in docs/monitor/targets.md. A field that is empty has its default.",
                        "/api/v1/hosts/" + host + "/checks",
                        inputs,
                        "Add the check")
                .with(new Sheet.Button("Test", "/hosts/" + host + "/test"));
    }

    private static Sheet.Input untested() {
        return new Sheet.Input(HostDrafts.UNTESTED, "Save untested", "checkbox", "", "", List.of(), false);
    }

    private static Sheet.Input input(HostForm.Field field) {
        return switch (field.type()) {
            case FLAG -> Sheet.Input.select(field.name(), field.name(), FLAG).with(field.value());
            case SECRET -> new Sheet.Input(field.name(), field.name(), "password", "", field.hint(), List.of(), false);
            case TEXT -> {
                Sheet.Input text = Sheet.Input.text(field.name(), field.name(), field.hint())
                        .with(field.value());
                yield field.required() ? text.must() : text;
            }
        };
    }

    private void test(Context context) throws IOException {
        TargetId id = Paths.check(context);
        HostCheck saved = drafts.saved(id)
                .orElseThrow(
                        () -> Problem.of(404, "there is no host check " + id).exception());
        CheckDraft draft = drafts.draft(context, id.appOrHost(), id.name(), saved);
        run(context, draft, saved);
    }

    private void testNew(Context context) throws IOException {
        run(context, drafts.draft(context, Paths.host(context), null, null), null);
    }

    private void run(Context context, CheckDraft draft, @Nullable HostCheck saved) {
        List<Target> targets = new ArrayList<>();
        targets.add(target(draft.id(), draft.settings()));
        if (saved != null) {
            targets.add(target(draft.id(), saved.settings()));
        }
        diagnosis.answer(context, targets, answers -> {
            Diagnosis.Answer edited = answers.get(0);
            boolean passed = edited.code() == Outcome.Code.OK;
            String test = drafts.remember(context, draft, passed);
            Instant now = pages.now();
            List<Sheet.Part> parts = new ArrayList<>();
            parts.add(results(draft, edited, saved, saved == null ? edited : answers.get(1), now));
            parts.add(new Sheet.Phases("Phases, edited settings", PhaseBar.of(edited)));
            if (saved != null) {
                parts.add(new Sheet.Phases("Phases, saved settings", PhaseBar.of(answers.get(1))));
                parts.addAll(tried(draft, saved, now));
            }
            parts.add(
                    saved == null
                            ? newForm(
                                    draft.id().appOrHost(),
                                    draft.id().name(),
                                    draft.settings().probe().kind(),
                                    draft.settings(),
                                    test)
                            : editForm(draft.id(), draft.settings(), draft.enabled(), test));
            write(context, draft.id(), parts);
        });
    }

    private static Target target(TargetId id, ProbeSettings settings) {
        return Target.configured(id, Source.HOST, settings, Instant.EPOCH);
    }

    private Sheet.Table results(
            CheckDraft draft,
            Diagnosis.Answer edited,
            @Nullable HostCheck saved,
            Diagnosis.Answer asSaved,
            Instant now) {
        List<List<Sheet.Cell>> rows = new ArrayList<>();
        boolean both = saved != null;
        row(rows, "result", both, asSaved, edited, answer -> TestResult.cell(answer.code()));
        StreakCounts counts = registry.target(draft.id())
                .map(WatchedTarget::state)
                .map(state -> state.counts())
                .orElse(StreakCounts.start());
        List<Sheet.Cell> verdict = new ArrayList<>(List.of(Sheet.Cell.text("would be")));
        if (saved != null) {
            verdict.add(state(counts, saved.settings(), asSaved));
        }
        verdict.add(state(counts, draft.settings(), edited));
        rows.add(verdict);
        row(rows, "why", both, asSaved, edited, answer -> text(answer.message()));
        row(rows, "HTTP status", both, asSaved, edited, answer -> text(answer.httpStatus()));
        row(rows, "address", both, asSaved, edited, answer -> text(answer.address()));
        row(rows, "judged by", both, asSaved, edited, answer -> text(answer.judgedBy()));
        row(rows, "failed while", both, asSaved, edited, answer -> text(answer.failedWhile()));
        row(
                rows,
                "took",
                both,
                asSaved,
                edited,
                answer -> Sheet.Cell.number(answer.latencyMs().toPlainString() + " ms"));
        return new Sheet.Table(
                "Test at " + Times.text(now, now) + " UTC, which does not count",
                both ? List.of("", "Saved settings", "Edited settings") : List.of("", "These settings"),
                rows,
                "");
    }

    private static void row(
            List<List<Sheet.Cell>> rows,
            String label,
            boolean both,
            Diagnosis.Answer saved,
            Diagnosis.Answer edited,
            Function<Diagnosis.Answer, Sheet.Cell> cell) {
        Sheet.Cell first = Sheet.Cell.text(label);
        rows.add(both ? List.of(first, cell.apply(saved), cell.apply(edited)) : List.of(first, cell.apply(edited)));
    }

    private static Sheet.Cell state(StreakCounts counts, ProbeSettings settings, Diagnosis.Answer answer) {
        return Sheet.Cell.state(
                settings.thresholds().next(counts, answer.code()).state());
    }

    private static Sheet.Cell text(@Nullable Object value) {
        return Sheet.Cell.text(value == null ? "" : value.toString());
    }

    private List<Sheet.Part> tried(CheckDraft draft, HostCheck saved, Instant now) {
        Optional<WatchedTarget> watched = registry.target(draft.id());
        boolean same = draft.settings().thresholds().equals(saved.settings().thresholds());
        return watched.isEmpty() || same
                ? List.of()
                : BacktestParts.of(
                        backtest.lastDay(
                                watched.get().target(), draft.settings().thresholds()),
                        now);
    }
}
