package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.model.WatchedTarget;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of targets for programs, under the URL of the page: in plain text or in Markdown. Pure. */
final class ProgramText {
    private static final int MAX_WHY = 200;
    private static final Comparator<WatchedTarget> WORST_FIRST = Comparator.comparing(
                    (WatchedTarget watched) -> Tone.rank(watched.state().state()))
            .thenComparing(WatchedTarget::id);

    private ProgramText() {}

    /** The forms of a page. */
    enum Form {
        HTML,
        PLAIN,
        MARKDOWN,
        INDEX
    }

    /** Returns the form that the request asks for: that which it names first. */
    static Form wanted(Context context) {
        String accept = context.header("Accept");
        String types = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        int html = place(types, "text/html");
        int markdown = place(types, "text/markdown");
        int plain = place(types, "text/plain");
        if (markdown < html && markdown <= plain) {
            return Form.MARKDOWN;
        }
        if (plain < html) {
            return Form.PLAIN;
        }
        // Programs such as curl name nothing, and are not for HTML.
        return html == Integer.MAX_VALUE ? Form.INDEX : Form.HTML;
    }

    private static int place(String types, String type) {
        int at = types.indexOf(type);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    static String plain(List<WatchedTarget> targets, Instant now) {
        return targets.stream()
                .sorted(WORST_FIRST)
                .map(watched -> String.format(
                        Locale.ROOT,
                        "%-9s  %-32s  %8s  %s%n",
                        watched.state().state(),
                        watched.id(),
                        Times.ago(watched.state().since(), now),
                        why(watched)))
                .collect(Collectors.joining());
    }

    static String markdown(List<WatchedTarget> targets, Instant now) {
        return targets.stream()
                .sorted(WORST_FIRST)
                .map(watched -> "| " + watched.state().state() + " | " + watched.id() + " | "
                        + Times.ago(watched.state().since(), now) + " | "
                        + why(watched).replaceAll("([\\\\|`*_<\\[])", "\\\\$1") + " |\n")
                .collect(Collectors.joining("", "| State | Target | Since | Why |\n|---|---|---|---|\n", ""));
    }

    private static String why(WatchedTarget watched) {
        return watched.state().state() == State.HEALTHY
                ? ""
                : TextLine.clean(watched.state().why(), MAX_WHY);
    }
}
