package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.model.FieldError;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the answers of the API into what a browser shows. A form of a page is sent to the route that programs use: after it was
 * carried out the browser goes back to the page that it names, and a refusal becomes a page. Immutable.
 */
public final class PageAnswers {
    /** The field of a form with the page to go back to: a path of this monitor. */
    public static final String BACK = "back";

    private static final String METHOD = "method";

    static final Set<String> OWN_FIELDS = Set.of(BACK, METHOD, CsrfGuard.FIELD, HostDrafts.TEST, HostDrafts.UNTESTED);

    private static final String LOGIN = "/login";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PROBLEM = Problem.class.getName();
    private static final String SHOWN = PageAnswers.class.getName();

    private final Function<Reply, String> page;

    /**
     * Makes replies into pages.
     *
     * @param page returns the HTML document of a reply
     */
    public PageAnswers(Function<Reply, String> page) {
        this.page = page;
    }

    /**
     * An answer for people: a refusal, or a text that is shown once.
     *
     * @param status the HTTP code
     * @param detail what is wrong, or the text
     * @param errors what is wrong with each field
     * @param back where to go from there
     */
    public record Reply(int status, String detail, List<String> errors, String back) {}

    static boolean isForm(Context context) {
        String type = context.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    /**
     * Returns a handler of POST that also does what another method does: a form can send nothing but GET and POST, and says PUT
     * or DELETE in a field.
     */
    static Handler orMethod(Handler post, HandlerType method, Handler other) {
        return context -> {
            boolean meant = isForm(context) && method.name().equals(context.formParam(METHOD));
            (meant ? other : post).handle(context);
        };
    }

    /** Keeps a problem that is written as an answer, so that it can be shown as a page. */
    static void note(Context context, Problem problem) {
        context.attribute(PROBLEM, problem);
    }

    /** Shows a text to whoever sent a form, before it goes back: what is answered once and never again. */
    static void show(Context context, String text) {
        context.attribute(SHOWN, text);
    }

    /** Called after every request. */
    void after(Context context) {
        boolean form = isForm(context) && context.formParam(BACK) != null;
        String shown = context.attribute(SHOWN);
        if (form && shown != null) {
            html(context, new Reply(context.statusCode(), shown, List.of(), back(context)));
            return;
        }
        Problem problem = context.attribute(PROBLEM);
        if (problem != null && (form || asksForPage(context))) {
            refuse(context, problem, form);
        } else if (form && context.statusCode() < 300 && !isPage(context)) {
            context.status(303).header("Location", back(context)).result("");
        }
    }

    /** Returns whether the answer is a page by itself, such as the result of a test. */
    private static boolean isPage(Context context) {
        String type = context.res().getContentType();
        return type != null && type.startsWith("text/html");
    }

    private static boolean asksForPage(Context context) {
        String accept = context.header("Accept");
        return context.method().equals(HandlerType.GET)
                && !context.path().startsWith("/api")
                && accept != null
                && accept.contains("text/html");
    }

    private void refuse(Context context, Problem problem, boolean form) {
        if (problem.status() == 401 && !form) {
            String query = context.queryString();
            String here = context.path() + (query == null ? "" : "?" + query);
            context.status(303)
                    .header("Location", LOGIN + "?" + BACK + "=" + URLEncoder.encode(here, UTF_8))
                    .result("");
            return;
        }
        List<String> errors = problem.errors().stream().map(PageAnswers::text).toList();
        html(context, new Reply(problem.status(), problem.detail(), errors, back(context)));
    }

    private void html(Context context, Reply shown) {
        context.contentType("text/html; charset=utf-8").result(page.apply(shown));
        secure(context);
    }

    private static String text(FieldError error) {
        String was = error.value() == null ? "" : ", not " + error.value();
        return error.field() + " must be " + error.bound() + was;
    }

    private static String back(Context context) {
        return local(isForm(context) ? context.formParam(BACK) : null);
    }

    /** Returns the path if it is one of this monitor, else that of the first page. */
    public static String local(@Nullable String path) {
        if (path == null) {
            return "/";
        }
        boolean own = path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return own ? path : "/";
    }

    /** Adds the headers of a page: no script, style or frame from elsewhere, and no script within it. */
    public static void secure(Context context) {
        context.header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
                .header("Referrer-Policy", "same-origin");
    }
}
