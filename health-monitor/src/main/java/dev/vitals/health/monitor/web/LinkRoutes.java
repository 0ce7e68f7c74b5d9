package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.access.Actor;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.monitor.access.LinkTokens;
import dev.vitals.health.monitor.access.LinkTokens.Action;
import dev.vitals.health.monitor.access.LinkTokens.Grant;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.incident.Incidents;
import dev.vitals.health.monitor.maintenance.OneTimeSchedule;
import dev.vitals.health.monitor.maintenance.Suppression;
import dev.vitals.health.monitor.maintenance.SuppressionKind;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.IncidentStore;
import dev.vitals.health.monitor.store.RuleStore.OptOut;
import dev.vitals.health.monitor.text.LinkPage;
import dev.vitals.health.monitor.text.Texts;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The links in messages: who has one may do what it says, without a login. A GET shows a page with a button and changes
 * nothing, since mail servers open links to look at them; the button's POST acts. A second POST of a used link does nothing.
 */
public final class LinkRoutes implements Routes {
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final String STYLE = "/act.css";
    // Nothing from elsewhere, no script, no frame; and the link does not leave with a click.
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final int GONE = 410;
    private static final String ENDED = "This incident has ended";
    private static final String NOTHING_TO_DO = "There is nothing to do.";

    private final LinkTokens links;
    private final Incidents incidents;
    private final IncidentStore store;
    private final Suppressions suppressions;
    private final RuleBook rules;
    private final AuditLog audit;
    private final InstantSource clock;
    private final ZoneId zone;

    /**
     * Does what those links say.
     *
     * @param zone the zone of the readers
     */
    public LinkRoutes(
            LinkTokens links,
            Incidents incidents,
            IncidentStore store,
            Suppressions suppressions,
            RuleBook rules,
            AuditLog audit,
            InstantSource clock,
            ZoneId zone) {
        this.links = links;
        this.incidents = incidents;
        this.store = store;
        this.suppressions = suppressions;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public List<Route> routes() {
        String act = "/act/{token}";
        String unsubscribe = "/unsubscribe/{token}";
        return List.of(
                page(Route.get(act, Permission.PUBLIC, this::show, "Show what a link in a message does")),
                page(Route.post(act, Permission.PUBLIC, this::act, "Do what a link in a message says, once"))
                        .answers(400, Route.Contract.HTML),
                page(Route.get(unsubscribe, Permission.PUBLIC, this::show, "Ask whether to end the messages")),
                page(Route.post(unsubscribe, Permission.PUBLIC, this::act, "End the messages to an address, RFC 8058")),
                Route.get(STYLE, Permission.PUBLIC, LinkRoutes::style, "The look of these pages")
                        .answers(200, Route.Contract.CSS));
    }

    private static Route page(Route route) {
        return route.answers(200, Route.Contract.HTML)
                .answers(404, Route.Contract.HTML)
                .answers(GONE, Route.Contract.HTML);
    }

    private static void style(Context context) throws IOException {
        try (InputStream in = LinkRoutes.class.getResourceAsStream("act.css")) {
            if (in == null) {
                throw new IllegalStateException("the jar has no act.css");
            }
            context.contentType("text/css; charset=utf-8")
                    .header("Cache-Control", "max-age=3600")
                    .result(in.readAllBytes());
        }
    }

    private String time(Instant time) {
        return Texts.time(time, zone);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void show(Context context) {
        Grant grant = grant(context);
        if (grant != null) {
            form(context, grant, 200, "", "", "");
        }
    }

    /** Returns what the link grants now; null if it grants nothing, and then has answered. */
    private @Nullable Grant grant(Context context) {
        String token = context.pathParam("token");
        Grant grant = links.read(token).orElse(null);
        if (grant == null) {
            write(
                    context,
                    404,
                    LinkPage.text(
                            "This link does not work",
                            "bad",
                            "It is incomplete, or another monitor made it, or its key was replaced. Copy the whole link."));
            return null;
        }
        if (now().isAfter(grant.until())) {
            gone(context, "This link has ended", "It was good until " + time(grant.until()) + ".");
            return null;
        }
        Optional<Instant> used = links.used(token);
        if (used.isPresent()) {
            gone(context, "This link was used", "That was at " + time(used.get()) + ". It works once.");
            return null;
        }
        return grant;
    }

    private static void write(Context context, int status, LinkPage page) {
        context.status(status)
                .contentType("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .result(page.html());
    }

    private static void gone(Context context, String title, String note) {
        write(context, GONE, LinkPage.text(title, "plain", note));
    }

    private void form(Context context, Grant grant, int status, String by, String reason, String problem) {
        if (grant.action() == Action.UNSUBSCRIBE) {
            write(
                    context,
                    status,
                    new LinkPage(
                            "End the messages to " + grant.subject() + "?",
                            "plain",
                            List.of(),
                            "This monitor then sends nothing more to this address. An administrator can undo that.",
                            List.of(),
                            "End them"));
            return;
        }
        Incident incident = open(context, grant);
        if (incident == null) {
            return;
        }
        String what = incident.state() + " " + incident.cause();
        boolean silence = grant.action() == Action.SILENCE;
        List<LinkPage.Input> inputs = List.of(
                new LinkPage.Input("by", "Your name", by.isEmpty() ? grant.receiver() : by, Attribution.MAX_BY),
                new LinkPage.Input(
                        "reason", silence ? "Reason" : "What you do about it", reason, Attribution.MAX_REASON));
        String note = silence
                ? "No messages about its targets for 1 h. Checks go on."
                : "This ends the reminders until it recovers. Checks go on.";
        write(
                context,
                status,
                new LinkPage(
                        (silence ? "Silence " : "Acknowledge ") + what,
                        tone(incident),
                        rows(incident),
                        problem.isEmpty() ? note : problem,
                        inputs,
                        silence ? "Silence for 1 h" : "Acknowledge"));
    }

    private List<LinkPage.Row> rows(Incident incident) {
        List<LinkPage.Row> rows = new ArrayList<>();
        rows.add(new LinkPage.Row("Since", time(incident.openedAt())));
        rows.add(new LinkPage.Row("Why", incident.latestEvidence()));
        Attribution by = incident.acknowledged();
        if (by != null) {
            rows.add(new LinkPage.Row("Acknowledged", by.by() + ": " + by.reason()));
        }
        return rows;
    }

    private static String tone(Incident incident) {
        return switch (incident.state()) {
            case UNHEALTHY -> "bad";
            case DEGRADED, UNKNOWN -> "warn";
            case HEALTHY -> "good";
        };
    }

    /** Returns the incident of the link; null if it has ended, and then has answered. */
    private @Nullable Incident open(Context context, Grant grant) {
        Incident incident = store.find(grant.subject()).orElse(null);
        Incident.End end = incident == null ? null : incident.end();
        if (incident != null && end == null) {
            return incident;
        }
        gone(
                context,
                ENDED,
                incident == null || end == null
                        ? NOTHING_TO_DO
                        : incident.cause() + " ended at " + time(end.at()) + ": " + end.why());
        return null;
    }

    private void act(Context context) {
        Grant grant = grant(context);
        if (grant == null) {
            return;
        }
        if (grant.action() == Action.UNSUBSCRIBE) {
            unsubscribe(context, grant);
            return;
        }
        Incident incident = open(context, grant);
        if (incident == null) {
            return;
        }
        String by = text(context, "by");
        String reason = text(context, "reason");
        String problem = problem(by, reason);
        if (!problem.isEmpty()) {
            form(context, grant, 400, by, reason, problem);
            return;
        }
        Attribution attribution = new Attribution(by, reason, now());
        if (grant.action() == Action.ACKNOWLEDGE) {
            acknowledge(context, grant, attribution);
        } else {
            silence(context, grant, incident, attribution);
        }
    }

    private static String text(Context context, String name) {
        String value = context.formParam(name);
        return value == null ? "" : TextLine.clean(value, Integer.MAX_VALUE).strip();
    }

    private static String problem(String by, String reason) {
        if (by.isEmpty() || by.length() > Attribution.MAX_BY) {
            return "Your name must be " + Attribution.BY + ".";
        }
        return reason.isEmpty() || reason.length() > Attribution.MAX_REASON
                ? "The reason must be " + Attribution.REASON + "."
                : "";
    }

    private void acknowledge(Context context, Grant grant, Attribution by) {
        String said = by.by() + ": " + by.reason();
        AuditEntry entry =
                audit.entry(actor(context, grant), "incident.acknowledge", "incident:" + grant.subject(), said);
        AsyncResponse.write(context, incidents.acknowledge(grant.subject(), by, entry), incident -> {
            if (incident.isEmpty()) {
                gone(context, ENDED, NOTHING_TO_DO);
            } else {
                done(context, "Acknowledged", said + ". Reminders stop until it recovers.");
            }
        });
    }

    private static Actor actor(Context context, Grant grant) {
        return new Actor("link:" + grant.receiver(), Gatekeeper.address(context));
    }

    private void silence(Context context, Grant grant, Incident incident, Attribution by) {
        Instant until = by.at().plus(SILENCE);
        Suppression silence = new Suppression(
                UUID.nameUUIDFromBytes(("silence of " + grant.subject() + grant.receiver()).getBytes(UTF_8))
                        .toString(),
                SuppressionKind.SILENCE,
                "link in a message about " + incident.cause(),
                selection(incident),
                new OneTimeSchedule(new TimeRange(by.at(), until)),
                by);
        CompletableFuture<Void> stored = suppressions
                .put(silence)
                .thenCompose(added -> audit.add(
                        actor(context, grant),
                        "silence.create",
                        "silence:" + silence.id(),
                        by.by() + ": " + by.reason()));
        AsyncResponse.write(
                context, stored, added -> done(context, "Silenced", "No messages until " + time(until) + "."));
    }

    private Selection selection(Incident incident) {
        if (incident.cause().kind() == Cause.Kind.HOST) {
            return new Selection(incident.cause().subject(), null, Map.of(), new TreeSet<>());
        }
        Set<TargetId> members = store.members(incident.id()).stream()
                .filter(member -> member.until() == null)
                .map(Incident.Member::target)
                .limit(Selection.MAX_TARGETS)
                .collect(Collectors.toSet());
        return Selection.of(members);
    }

    private void unsubscribe(Context context, Grant grant) {
        OptOut address = new OptOut(grant.subject(), now());
        AuditEntry entry = audit.entry(actor(context, grant), "opt-out.create", "address:" + grant.subject(), "");
        AsyncResponse.write(
                context,
                rules.optOut(address, entry),
                added -> write(
                        context,
                        200,
                        LinkPage.text(
                                "No more messages to " + grant.subject(), "good", "An administrator can undo that.")));
    }

    private void done(Context context, String title, String note) {
        links.use(context.pathParam("token"), now());
        write(context, 200, LinkPage.text(title, "good", note));
    }
}
