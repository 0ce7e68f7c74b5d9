package dev.vitals.health.http;

import dev.vitals.health.CheckDefinition;
import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Outcome;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.HealthView;
import dev.vitals.health.internal.engine.StreakCounts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a report as one page for people: failing checks first, each with the reason, since when, and how old its result is. It has
 * no script and no resource of others, and is well-formed XML besides. Thread-safe.
 */
final class HtmlPage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<String> WEB = Set.of("http", "https");
    private static final int CAPACITY = 8_192;
    private static final String UNKNOWN = "unknown";

    // The shapes differ, so that nobody has to tell colours apart.
    private static final Map<String, String> SHAPES = Map.of(
            "pass",
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 9.8L4.2 8l1.1-1.1L7 8.6l3.9-3.9L12 5.8Z",
            "warn",
            "M8 1.2 15.4 14H.6Zm-.8 4.6v4h1.6v-4Zm0 5.2v1.6h1.6V11Z",
            "fail",
            "M5 1h6l4 4v6l-4 4H5l-4-4V5Zm.9 3.6L4.6 5.9 6.7 8l-2.1 2.1 1.3 1.3L8 9.3l2.1 2.1 1.3-1.3L9.3 8l2.1-2.1-1.3-1.3L8 6.7Z",
            UNKNOWN,
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM4.8 7.2h6.4v1.6H4.8Z");

    private final ServiceInfo service;
    private final HealthView view;

    HtmlPage(ServiceInfo service, HealthView view) {
        this.service = service;
        this.view = view;
    }

    /**
     * Returns the page.
     *
     * @param details shows what only authorized readers may see
     * @param groups the relative reference to the folder of the groups, with a slash at its end; empty for this folder
     */
    CachedBody of(HealthReport report, int code, boolean details, String groups) {
        HtmlText html = new HtmlText(CAPACITY);
        Instant now = view.now();
        head(html, report);
        html.raw("<main>\n");
        title(html, report);
        links(html, report, groups);
        table(html, report.checks(), now, details);
        foot(html, report, now);
        html.raw("</main>\n</body>\n</html>\n");
        return CachedBody.negotiated(code, Format.HTML.contentType(), html.utf8(), PageStyle.HEADERS);
    }

    private void head(HtmlText html, HealthReport report) {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .raw("<meta name=\"robots\" content=\"noindex\"/>\n<title>")
                .raw(report.status().word())
                .raw(": ")
                .text(name(report))
                .raw("</title>\n<style>")
                .raw(PageStyle.CSS)
                .raw("</style>\n</head>\n<body>\n<svg width=\"0\" height=\"0\" aria-hidden=\"true\">");
        SHAPES.forEach((shape, path) -> html.raw("<symbol id=\"" + shape
                + "\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"" + path + "\"/></symbol>"));
        html.raw("</svg>\n");
    }

    private String name(HealthReport report) {
        String app = service.serviceId().orElse("health");
        return report.group().map(group -> app + " " + group).orElse(app);
    }

    private void title(HtmlText html, HealthReport report) {
        String word = report.status().word();
        html.raw("<h1>");
        icon(html, word);
        html.raw("<span><span class=\"" + word + "\">" + word + "</span> ")
                .data(name(report))
                .raw("</span></h1>\n");
        report.output().ifPresent(output -> html.raw("<p>").data(output).raw("</p>\n"));
    }

    private static void icon(HtmlText html, String word) {
        html.raw("<svg class=\"" + word + "\" aria-hidden=\"true\"><use href=\"#" + word + "\"/></svg>");
    }

    private static void links(HtmlText html, HealthReport report, String groups) {
        html.raw("<nav aria-label=\"Groups\">");
        String own = report.group().orElse("");
        html.raw("<a href=\"" + (groups.isEmpty() ? "./" : groups) + "\"" + current(own.isEmpty()) + ">all checks</a>");
        report.groups().forEach((group, status) -> {
            html.raw("<a href=\"" + groups).text(group).raw("\"" + current(own.equals(group)) + ">");
            icon(html, status.word());
            html.raw("<span>").text(group).raw("</span> <span class=\"soft\">" + status.word() + "</span></a>");
        });
        html.raw("</nav>\n");
    }

    private static String current(boolean here) {
        return here ? " aria-current=\"page\"" : "";
    }

    private void table(HtmlText html, List<CheckResult> checks, Instant now, boolean details) {
        if (checks.isEmpty()) {
            html.raw("<p class=\"soft\">There are no checks here.</p>\n");
            return;
        }
        html.raw(
                        "<table>\n<thead><tr><th scope=\"col\">State</th><th scope=\"col\">Check</th><th scope=\"col\">Why</th>")
                .raw("<th scope=\"col\">Since (UTC)</th><th scope=\"col\" class=\"r\">Result</th>")
                .raw("<th scope=\"col\" class=\"r\">Every</th></tr></thead>\n<tbody>\n");
        // The sort is stable: checks of one state stay in the order of their registration.
        checks.stream()
                .sorted(Comparator.comparing(CheckResult::status).reversed())
                .forEach(result -> row(html, result, now, details));
        html.raw("</tbody>\n</table>\n");
    }

    private void row(HtmlText html, CheckResult result, Instant now, boolean details) {
        String word =
                result.state() == State.UNKNOWN ? UNKNOWN : result.status().word();
        html.raw("<tr><td class=\"state " + word + "\">");
        icon(html, word);
        html.raw(word + "</td><th scope=\"row\">").text(result.name()).raw("</th><td class=\"why\">");
        why(html, result, details);
        html.raw("</td><td class=\"time\" data-is=\"since\">");
        time(html, result.since(), now);
        html.raw(" <span class=\"soft\">" + DurationText.roughly(Duration.between(result.since(), now))
                        + "</span></td>")
                .raw("<td class=\"time num r\" data-is=\"result\">" + age(result) + "</td>")
                .raw("<td class=\"time num r\" data-is=\"every\">" + every(result.definition()) + "</td></tr>\n");
    }

    private static void time(HtmlText html, Instant time, Instant now) {
        boolean old = Duration.between(time, now).compareTo(DAY) >= 0;
        html.raw("<time datetime=\"" + time.truncatedTo(ChronoUnit.SECONDS) + "\">")
                .raw((old ? DATE : TIME).format(time.atOffset(ZoneOffset.UTC)))
                .raw("</time>");
    }

    private String age(CheckResult result) {
        return view.age(result).map(age -> DurationText.roughly(age) + " ago").orElse("none yet");
    }

    private static String every(CheckDefinition definition) {
        return definition.onRequest() ? "on request" : DurationText.inWords(definition.interval());
    }

    private void why(HtmlText html, CheckResult result, boolean details) {
        Outcome outcome = result.outcome();
        String reason = result.output().or(outcome::message).orElse("");
        if (!reason.isEmpty()) {
            html.raw(result.status() == Status.PASS ? "<p class=\"soft\">" : "<p>")
                    .data(reason)
                    .raw("</p>");
        }
        streak(result).ifPresent(streak -> html.raw("<p class=\"soft\">" + streak + "</p>"));
        values(html, result);
        if (result.status() != Status.PASS
                && !result.definition().affectedEndpoints().isEmpty()) {
            html.raw("<p class=\"soft\">affects ");
            result.definition()
                    .affectedEndpoints()
                    .forEach(uri -> html.data(uri.toString()).raw(" "));
            html.raw("</p>");
        }
        references(html, result.definition().links());
        if (details) {
            outcome.detail()
                    .ifPresent(detail -> html.raw("<details><summary>detail</summary><pre>")
                            .lines(detail)
                            .raw("</pre></details>"));
        }
    }

    private Optional<String> streak(CheckResult result) {
        StreakCounts counts = view.counts(result);
        if (counts.errors() == 0 || result.stale() || result.blockedBy().isPresent()) {
            return Optional.empty();
        }
        int limit = result.definition().failureThreshold();
        String row = counts.errors() < limit
                ? counts.errors() + " of " + limit + " failures in a row"
                : counts.errors() + (counts.errors() == 1 ? " failure" : " failures") + " in a row (limit " + limit
                        + ")";
        String atLeast = result.definition()
                .unhealthyAfter()
                .map(time -> ", for at least " + DurationText.inWords(time))
                .orElse("");
        int passes = result.definition().successThreshold();
        return Optional.of(row + atLeast + (passes > 1 ? "; passes again after " + passes + " OK in a row" : ""));
    }

    private static void values(HtmlText html, CheckResult result) {
        Outcome outcome = result.outcome();
        if (outcome.measurements().isEmpty() && outcome.data().isEmpty()) {
            return;
        }
        html.raw("<p class=\"num soft\">");
        outcome.measurements().forEach(one -> value(html, one.name(), one.value() + " " + one.unit()));
        outcome.data().forEach((name, value) -> value(html, name, String.valueOf(value)));
        html.raw("</p>");
    }

    private static void value(HtmlText html, String name, String value) {
        html.raw("<span>").data(name).raw(" ").data(value).raw("</span> ");
    }

    private static void references(HtmlText html, Map<String, URI> links) {
        if (links.isEmpty()) {
            return;
        }
        html.raw("<p>");
        links.forEach((name, uri) -> {
            String scheme = uri.getScheme();
            if (scheme != null && WEB.contains(scheme.toLowerCase(Locale.ROOT))) {
                html.raw("<a rel=\"noreferrer\" href=\"")
                        .text(uri.toString())
                        .raw("\">")
                        .data(name)
                        .raw("</a> ");
            } else {
                html.data(name).raw(" ").data(uri.toString()).raw(" ");
            }
        });
        html.raw("</p>");
    }

    private void foot(HtmlText html, HealthReport report, Instant now) {
        html.raw("<footer><p>");
        int checks = report.checks().size();
        html.raw(checks + (checks == 1 ? " check" : " checks") + ", as of ");
        time(html, now, now);
        html.raw(" UTC");
        service.releaseId().ifPresent(release -> html.raw(" · release ").data(release));
        service.version().ifPresent(version -> html.raw(" · version ").data(version));
        html.raw("</p>");
        service.description().ifPresent(text -> html.raw("<p>").data(text).raw("</p>"));
        service.notes().forEach(note -> html.raw("<p>").data(note).raw("</p>"));
        references(html, service.links());
        html.raw("</footer>\n");
    }
}
