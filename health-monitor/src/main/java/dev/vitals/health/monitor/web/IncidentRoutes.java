package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.MessageStore;
import dev.vitals.health.monitor.text.IncidentMarkdown;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Shows incidents with their timelines, and takes acknowledgements and notes. */
public final class IncidentRoutes implements Routes {
    private static final String INCIDENTS = "/api/v1/incidents";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_MESSAGES = 1_000;

    private final Registry registry;
    private final Incidents incidents;
    private final IncidentStore store;
    private final MessageStore messages;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Shows the incidents of that store. */
    public IncidentRoutes(
            Registry registry,
            Incidents incidents,
            IncidentStore store,
            MessageStore messages,
            AuditLog audit,
            InstantSource clock) {
        this.registry = registry;
        this.incidents = incidents;
        this.store = store;
        this.messages = messages;
        this.audit = audit;
        this.clock = clock;
    }

    private record CauseAnswer(String kind, String subject) {
        static CauseAnswer of(Cause cause) {
            return new CauseAnswer(cause.kind().word(), cause.subject());
        }
    }

    private record AcknowledgedAnswer(
            @Nullable String by, @Nullable String reason, Instant at) {
        static @Nullable AcknowledgedAnswer of(@Nullable Attribution by) {
            return by == null ? null : new AcknowledgedAnswer(by.by(), by.reason(), by.at());
        }
    }

    private record EndAnswer(
            String ending, Instant at, String why, @Nullable String into) {
        static @Nullable EndAnswer of(Incident.@Nullable End end) {
            return end == null ? null : new EndAnswer(end.ending().word(), end.at(), end.why(), end.into());
        }
    }

    private record MemberAnswer(
            String target,
            State state,
            Instant since,
            String why,
            @Nullable Instant until) {
        static MemberAnswer of(Incident.Member member) {
            return new MemberAnswer(
                    member.target().toString(), member.state(), member.since(), member.why(), member.until());
        }
    }

    private record EventAnswer(
            Instant at,
            String kind,
            @Nullable String target,
            @Nullable String by,
            String text) {
        static EventAnswer of(IncidentEvent event) {
            return new EventAnswer(
                    event.at(),
                    event.kind().word(),
                    event.target() == null ? null : event.target().toString(),
                    event.by(),
                    event.text());
        }
    }

    /** An incident in a list. */
    private record IncidentAnswer(
            String id,
            boolean open,
            CauseAnswer cause,
            State state,
            Instant openedAt,
            String firstEvidence,
            String latestEvidence,
            @Nullable AcknowledgedAnswer acknowledged,
            @Nullable EndAnswer end) {
        static IncidentAnswer of(Incident incident) {
            return new IncidentAnswer(
                    incident.id(),
                    incident.isOpen(),
                    CauseAnswer.of(incident.cause()),
                    incident.state(),
                    incident.openedAt(),
                    incident.firstEvidence(),
                    incident.latestEvidence(),
                    AcknowledgedAnswer.of(incident.acknowledged()),
                    EndAnswer.of(incident.end()));
        }
    }

    private enum Which {
        OPEN,
        ENDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Form {
        JSON,
        MARKDOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public List<Route> routes() {
        String one = INCIDENTS + "/{id}";
        return List.of(
                Route.get(INCIDENTS, Permission.VIEW, this::list, "List incidents, the newest first")
                        .query("state", "open or ended; both if absent")
                        .query("target", "Only those that affect or affected this target, as APP/INSTANCE, or this app")
                        .query("host", "Only those whose cause is this host")
                        .query("since", "Only those that were open at this time or later: a time, or such as 24h")
                        .query("limit", "How many, 1 to 1000; 100 if absent")
                        .answers(200, "Incidents"),
                Route.get(one, Permission.VIEW, this::show, "Show an incident with its members, timeline and messages")
                        .query("format", "json or markdown; json if absent")
                        .answers(200, "IncidentDetail")
                        .answers(200, Route.Contract.MARKDOWN),
                Route.post(one + "/acknowledge", Permission.OPERATE, this::acknowledge, "Say who takes care of it")
                        .takes("Acknowledgement")
                        .answers(200, "Incident"),
                Route.post(one + "/notes", Permission.OPERATE, this::note, "Add a note to the timeline")
                        .takes("IncidentNote")
                        .answers(200, "Incident"));
    }

    private void list(Context context) {
        Which which = Query.choice(context, "state", List.of(Which.values()), Which::word);
        String host = context.queryParam("host");
        String target = context.queryParam("target");
        Optional<TargetId> id = target == null ? Optional.empty() : TargetId.parse(target);
        if (target != null && id.isEmpty() && !TargetId.isName(target)) {
            throw Problem.badField("target", target, "APP/INSTANCE or the name of an app");
        }
        IncidentStore.Filter filter = new IncidentStore.Filter(
                which == null ? null : (Boolean) (which == Which.OPEN),
                host == null ? null : Cause.host(host),
                id.map(TargetId::appOrHost).orElse(target),
                id.map(TargetId::name).orElse(null),
                Query.time(context, "since", clock.instant()));
        int limit = (int) Query.number(context, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        ListResponse.write(
                context, Map.of(), ListResponse.Rows.of("incidents", store.list(filter, limit), IncidentAnswer::of));
    }

    private void show(Context context) {
        Form form = Query.choice(context, "format", List.of(Form.values()), Form::word);
        Incident incident = find(context.pathParam("id"));
        List<Incident.Member> members = store.members(incident.id());
        List<IncidentEvent> events = store.events(incident.id(), MAX_EVENTS);
        List<Message> sent = messages.list(new MessageStore.Filter(null, null, incident.id(), null), MAX_MESSAGES);
        if (form == Form.MARKDOWN) {
            context.contentType(Route.Contract.MARKDOWN + "; charset=utf-8")
                    .result(IncidentMarkdown.of(incident, members, events, sent));
            return;
        }
        ListResponse.write(
                context,
                IncidentAnswer.of(incident),
                ListResponse.Rows.of("members", members, MemberAnswer::of),
                ListResponse.Rows.of("events", events, EventAnswer::of),
                ListResponse.Rows.of("messages", sent, MessageRoutes.MessageAnswer::of));
    }

    private Incident find(String id) {
        return store.find(id).orElseThrow(() -> unknown(id).exception());
    }

    private static Problem unknown(String id) {
        return Problem.of(404, "there is no incident " + id);
    }

    private void acknowledge(Context context) throws IOException {
        String id = context.pathParam("id");
        Attribution by = attribution(context);
        boolean open = find(id).isOpen();
        requireScope(context, registry, store, id);
        if (!open) {
            throw Problem.of(409, "incident " + id + " has ended").exception();
        }
        answer(context, incidents.acknowledge(id, by, entry(context, "incident.acknowledge", id, by)), id);
    }

    private void note(Context context) throws IOException {
        String id = context.pathParam("id");
        Attribution by = attribution(context);
        requireScope(context, registry, store, find(id).id());
        answer(context, incidents.note(id, by, entry(context, "incident.note", id, by)), id);
    }

    /** Throws a problem unless the caller may change the targets of that incident: who may not, may not speak of it. */
    static void requireScope(Context context, Registry registry, IncidentStore store, String id) {
        for (Incident.Member member : store.members(id)) {
            registry.target(member.target())
                    .ifPresent(watched ->
                            Gatekeeper.requireScope(context, watched.target().labels()));
        }
    }

    private static void answer(Context context, CompletableFuture<Optional<Incident>> changed, String id) {
        AsyncResponse.write(
                context,
                changed,
                incident -> JsonResponse.write(
                        context,
                        IncidentAnswer.of(incident.orElseThrow(() -> unknown(id).exception()))));
    }

    private Attribution attribution(Context context) throws IOException {
        Fields fields = RequestBody.fields(context);
        String by = fields.text("by", Attribution.BY);
        String reason = fields.required("reason", Attribution.REASON, any -> true);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Attribution read = new Attribution(by == null ? Gatekeeper.name(context) : by, reason, now);
        if (!fields.isRefused("reason")) {
            read.check(fields.errors());
        }
        fields.refuseOthers();
        fields.errors().check();
        return read;
    }

    private AuditEntry entry(Context context, String action, String id, Attribution by) {
        return audit.entry(Gatekeeper.caller(context).actor(), action, "incident:" + id, by.by() + ": " + by.reason());
    }
}
