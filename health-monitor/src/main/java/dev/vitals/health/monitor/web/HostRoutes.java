package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.host.CheckDraft;
import dev.vitals.health.monitor.host.HostChecks;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Creates, shows, changes, removes and tries the checks of hosts. A change is answered when it is stored. */
public final class HostRoutes implements Routes {
    private static final String HOSTS = "/api/v1/hosts";
    private static final String CHECKS = "/api/v1/hosts/{host}/checks";
    private static final String CHECK = "/api/v1/hosts/{host}/checks/{check}";

    private final HostChecks hosts;
    private final Diagnosis diagnosis;
    private final Registry registry;
    private final AuditLog audit;
    private final HostDrafts drafts;

    /** Changes these checks as the drafts describe them, and shows their states from the registry. */
    public HostRoutes(HostChecks hosts, Diagnosis diagnosis, Registry registry, AuditLog audit, HostDrafts drafts) {
        this.hosts = hosts;
        this.diagnosis = diagnosis;
        this.registry = registry;
        this.audit = audit;
        this.drafts = drafts;
    }

    private record Hosts(int maxChecks) {}

    /** A host with the worst status of its enabled checks, if it has any. */
    private record Host(
            String host, int checks, int enabled, @Nullable Status status) {}

    private record Checks(String host, int maxChecks, List<Map<String, Object>> checks) {}

    /** The present state of a check, beside the document that creates it. */
    private record Current(
            String host,
            Instant createdAt,
            Instant updatedAt,
            Set<String> secrets,
            @Nullable State state,
            @Nullable Status status,
            @Nullable Instant since,
            TargetAnswer.@Nullable Result lastResult) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(HOSTS, Permission.VIEW, this::hosts, "List the hosts that have checks")
                        .answers(200, "Hosts"),
                Route.get(CHECKS, Permission.VIEW, this::list, "List the checks of a host")
                        .answers(200, "HostChecks"),
                Route.post(CHECKS, Permission.OPERATE, this::create, "Create a check of a host")
                        .takes("HostCheckRequest")
                        .answers(201, "HostCheck"),
                Route.get(CHECK, Permission.VIEW, this::show, "Show a check of a host")
                        .answers(200, "HostCheck"),
                Route.put(CHECK, Permission.OPERATE, this::put, "Create or change a check of a host")
                        .takes("HostCheckRequest")
                        .answers(200, "HostCheck")
                        .answers(201, "HostCheck"),
                Route.delete(CHECK, Permission.OPERATE, this::delete, "Remove a check of a host")
                        .answers(204, Route.Contract.NOTHING),
                Route.post(CHECK + "/test", Permission.OPERATE, this::test, "Run a check of a host now")
                        .answers(200, "DiagnosedResult"));
    }

    private AuditEntry entry(Context context, String action, TargetId id) {
        return audit.entry(Gatekeeper.caller(context).actor(), action, "check:" + id, "");
    }

    private void hosts(Context context) {
        ListResponse.write(
                context, new Hosts(hosts.maxPerHost()), ListResponse.Rows.of("hosts", hosts.hosts(), this::host));
    }

    private Host host(String host) {
        List<HostCheck> checks = hosts.checks(host);
        List<Status> enabled = checks.stream()
                .filter(HostCheck::enabled)
                .map(check -> state(check).map(state -> state.state().status()).orElse(Status.FAIL))
                .toList();
        Status worst = enabled.stream().reduce(Status::worst).orElse(null);
        return new Host(host, checks.size(), enabled.size(), worst);
    }

    private void list(Context context) {
        String host = Paths.host(context);
        JsonResponse.write(
                context,
                new Checks(
                        host,
                        hosts.maxPerHost(),
                        hosts.checks(host).stream()
                                .map(check -> answer(context, check))
                                .toList()));
    }

    private void show(Context context) {
        JsonResponse.write(context, answer(context, required(Paths.check(context))));
    }

    private HostCheck required(TargetId id) {
        return hosts.check(id)
                .orElseThrow(
                        () -> Problem.of(404, "there is no host check " + id).exception());
    }

    /**
     * Returns the document that creates this check, secrets by their names alone, and what it is now. The query of a URL may
     * hold a secret, so only those see it who may change the check.
     */
    private Map<String, Object> answer(Context context, HostCheck check) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(CheckDraft.CHECK, check.name());
        members.put("kind", check.settings().probe().kind());
        members.put("enabled", check.enabled());
        members.putAll(SettingsReader.document(check.settings()));
        if (!Gatekeeper.caller(context).may(Permission.OPERATE)) {
            members.replaceAll((field, value) -> value instanceof String text ? Uris.withoutQuery(text) : value);
        }
        TargetState state = state(check).orElse(null);
        members.put(
                CheckDraft.CURRENT,
                new Current(
                        check.host(),
                        check.createdAt(),
                        check.updatedAt(),
                        check.settings().probe().secrets().keySet(),
                        state == null ? null : state.state(),
                        state == null ? null : state.state().status(),
                        state == null ? null : state.since(),
                        state == null || state.lastResult() == null
                                ? null
                                : TargetAnswer.Result.of(state.lastResult())));
        return members;
    }

    private Optional<TargetState> state(HostCheck check) {
        return check.enabled() ? registry.target(check.id()).map(watched -> watched.state()) : Optional.empty();
    }

    private void create(Context context) throws IOException {
        CheckDraft draft = drafts.draft(context, Paths.host(context), null, null);
        drafts.requireTested(context, draft);
        Gatekeeper.requireScope(context, draft.settings().labels());
        CompletableFuture<HostCheck> created = hosts.create(draft, entry(context, "check.create", draft.id()));
        AsyncResponse.write(context, created, check -> {
            context.header("Location", "/api/v1/hosts/" + check.host() + "/checks/" + check.name());
            context.status(201);
            JsonResponse.write(context, answer(context, check));
        });
    }

    private void put(Context context) throws IOException {
        TargetId id = Paths.check(context);
        HostCheck before = hosts.check(id).orElse(null);
        CheckDraft draft = drafts.draft(context, id.appOrHost(), id.name(), before);
        drafts.requireTested(context, draft);
        Gatekeeper.requireScope(context, draft.settings().labels());
        if (before != null) {
            Gatekeeper.requireScope(context, before.settings().labels());
        }
        CompletableFuture<HostCheck> changed = hosts.put(draft, entry(context, "check.change", id));
        AsyncResponse.write(context, changed, check -> {
            context.status(before == null ? 201 : 200);
            JsonResponse.write(context, answer(context, check));
        });
    }

    private void delete(Context context) {
        TargetId id = Paths.check(context);
        hosts.check(id)
                .ifPresent(check ->
                        Gatekeeper.requireScope(context, check.settings().labels()));
        CompletableFuture<Boolean> removed = hosts.remove(id, entry(context, "check.remove", id));
        AsyncResponse.write(context, removed, existed -> context.status(204));
    }

    private void test(Context context) {
        HostCheck check = required(Paths.check(context));
        Target target = Target.configured(check.id(), Source.HOST, check.settings(), Instant.EPOCH);
        diagnosis.answer(context, target, answer -> JsonResponse.write(context, answer));
    }
}
