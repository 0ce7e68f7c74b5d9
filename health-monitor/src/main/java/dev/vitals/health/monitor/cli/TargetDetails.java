package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Describes one target in lines: why it is so, since when, by which rule, how old the evidence is, and what changed before. */
final class TargetDetails {
    private static final int CHANGES = 5;

    private TargetDetails() {}

    static List<String> lines(JsonNode target, OutputOptions output, Instant now) {
        Paint paint = output.paint();
        String state = TargetRows.state(target);
        JsonNode last = target.path("lastResult");
        List<String> lines = new ArrayList<>();
        lines.add(paint.state(state, state) + "  " + Table.clean(TargetRows.name(target)) + "  since "
                + Age.of(target.path("since"), now));
        add(lines, "why", target.path("why").asText());
        add(
                lines,
                "polls",
                target.path("kind").asText() + " " + target.path("subject").asText() + ", every "
                        + target.path("interval").asText() + " s, timeout "
                        + target.path("timeout").asText() + " s");
        add(
                lines,
                "rule",
                "UNHEALTHY after " + target.path("thresholds").path("unhealthy").asText()
                        + " failures in a row, HEALTHY after "
                        + target.path("thresholds").path("healthy").asText() + " passes in a row");
        add(lines, "last look", last.isObject() ? result(last, now) : "none yet");
        add(lines, "labels", TargetRows.labels(target));
        if (target.path("maintenance").isObject()) {
            add(
                    lines,
                    "maintenance",
                    "until " + target.path("maintenance").path("until").asText());
        }
        if (target.hasNonNull("silencedUntil")) {
            add(lines, "silenced", "until " + target.path("silencedUntil").asText());
        }
        components(target, lines, output);
        changes(target, lines, output, now);
        return lines;
    }

    private static String result(JsonNode last, Instant now) {
        String message = last.path("message").asText("");
        return last.path("code").asText() + " " + Age.of(last.path("time"), now) + " ago, "
                + last.path("latencyMs").asText() + " ms"
                + (last.hasNonNull("httpStatus")
                        ? ", HTTP " + last.path("httpStatus").asText()
                        : "")
                + (last.hasNonNull("releaseId")
                        ? ", release " + last.path("releaseId").asText()
                        : "")
                + (message.isEmpty() ? "" : ": " + message);
    }

    private static void components(JsonNode target, List<String> lines, OutputOptions output) {
        Table table = new Table(List.of("STATUS", "COMPONENT", "VALUE", "OUTPUT"));
        for (JsonNode component : target.path("components")) {
            table.row(List.of(
                    Table.state(component.path("status").asText()),
                    Table.cell(component.path("name").asText()),
                    Table.cell((component.path("observedValue").asText("") + " "
                                    + component.path("observedUnit").asText(""))
                            .strip()),
                    Table.cell(component.path("output").asText(""))));
        }
        section(table, lines, output);
    }

    private static void changes(JsonNode target, List<String> lines, OutputOptions output, Instant now) {
        Table table = new Table(List.of("CHANGED", "FROM", "TO", "WHY"));
        TargetRows.list(target.path("changes")).stream()
                .limit(output.isWide() ? Long.MAX_VALUE : CHANGES)
                .forEach(change -> table.row(List.of(
                        Table.cell(Age.of(change.path("at"), now) + " ago"),
                        Table.state(change.path("from").asText()),
                        Table.state(change.path("to").asText()),
                        Table.cell(change.path("why").asText()))));
        section(table, lines, output);
    }

    private static void section(Table table, List<String> lines, OutputOptions output) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(output.width(), output.paint()));
        }
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add("  " + name + " ".repeat(Math.max(1, 12 - name.length())) + Table.clean(value));
    }
}
