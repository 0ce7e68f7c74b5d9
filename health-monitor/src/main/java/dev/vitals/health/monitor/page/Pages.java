package dev.vitals.health.monitor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.State;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Principal;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Gatekeeper;
import dev.vitals.health.monitor.web.Grouping;
import dev.vitals.health.monitor.web.PageAnswers;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the documents of all pages: the frame, and the headers. Thread-safe. */
public final class Pages {
    private static final String HTML = "text/html; charset=utf-8";

    private final Registry registry;
    private final InstantSource clock;
    private final Assets assets;

    /** Makes pages with the states of that registry. */
    public Pages(Registry registry, InstantSource clock, Assets assets) {
        this.registry = registry;
        this.clock = clock;
        this.assets = assets;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the frame of a page; the title of the document begins with the worst state of all targets. */
    Frame frame(Context context, String name, String tab) {
        String query = context.queryString();
        Map<State, Integer> counts = Grouping.summary(registry.targets()).counts();
        State worst = State.HEALTHY;
        for (State state : State.values()) {
            if (counts.getOrDefault(state, 0) > 0 && Tone.rank(state) < Tone.rank(worst)) {
                worst = state;
            }
        }
        String trouble = worst == State.HEALTHY
                ? ""
                : counts.get(worst) + " " + worst.name().toLowerCase(Locale.ROOT) + " - ";
        return new Frame(
                trouble + name + " - Vitals",
                tab,
                Tone.of(worst),
                now(),
                context.path() + (query == null ? "" : "?" + query),
                "",
                caller(context),
                assets.path());
    }

    /** Returns the frame of a page for everybody, which shows nothing of the rest. */
    Frame plain(Context context, String title, String tone) {
        return new Frame(
                title, "", tone, now(), context.path(), "", new Frame.Caller("", "", false, false), assets.path());
    }

    private static Frame.Caller caller(Context context) {
        Principal principal = Gatekeeper.caller(context);
        boolean session = principal.csrf().isPresent();
        return new Frame.Caller(
                session ? Gatekeeper.name(context) : "",
                principal.csrf().orElse(""),
                session && principal.may(Permission.OPERATE),
                session && principal.may(Permission.ADMIN));
    }

    /** Returns a text as a part of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Returns what a template makes. */
    static String text(Consumer<HtmlTemplateOutput> template) {
        StringOutput text = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }

    /** Answers with a document. */
    static void write(Context context, Consumer<HtmlTemplateOutput> template) {
        write(context, text(template));
    }

    /** Answers with a document. */
    static void write(Context context, String html) {
        PageAnswers.secure(context);
        context.contentType(HTML).result(html);
    }

    /** Answers with a page of headings, tables, facts and forms. */
    void write(Context context, Frame frame, Sheet sheet) {
        write(context, out -> JtesheetGenerated.render(out, null, frame, sheet));
    }

    /** Returns the document of a reply. */
    public String reply(PageAnswers.Reply reply) {
        Frame frame = new Frame(
                reply.status() + " - Vitals",
                "",
                Tone.GONE,
                now(),
                reply.back(),
                "",
                new Frame.Caller("", "", false, false),
                assets.path());
        return text(out -> JtereplyGenerated.render(out, null, frame, reply));
    }
}
