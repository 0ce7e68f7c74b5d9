package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes rows of targets, as the API answers them: the failing ones first. */
final class TargetRows {
    private static final List<String> WORST_FIRST = List.of("UNHEALTHY", "UNKNOWN", "DEGRADED", "HEALTHY");

    private TargetRows() {}

    /** Returns the name of a target. */
    static String name(JsonNode target) {
        return target.path("app").asText() + "/" + target.path("instance").asText();
    }

    static String state(JsonNode target) {
        return target.path("state").asText("UNKNOWN");
    }

    /** Returns the elements of an array, as a list. */
    static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    static List<JsonNode> sorted(List<JsonNode> targets) {
        return targets.stream()
                .sorted(Comparator.comparing((JsonNode target) -> WORST_FIRST.indexOf(state(target)))
                        .thenComparing(TargetRows::name))
                .toList();
    }

    /** Returns the worst state of these; UNKNOWN if there are none. */
    static String worst(List<JsonNode> targets) {
        List<String> states = targets.stream().map(TargetRows::state).toList();
        return WORST_FIRST.stream().filter(states::contains).findFirst().orElse("UNKNOWN");
    }

    /** Returns the exit code that follows from a state. */
    static int exitCode(String state) {
        return switch (state) {
            case "HEALTHY" -> ExitCode.OK;
            case "DEGRADED", "UNHEALTHY" -> ExitCode.NOT_OK;
            default -> ExitCode.FAILED;
        };
    }

    /** Returns a table with a row a target. */
    static List<String> lines(List<JsonNode> targets, OutputOptions output, Instant now) {
        boolean wide = output.isWide();
        Table table = new Table(
                wide
                        ? List.of("STATE", "TARGET", "SINCE", "SEEN", "LATENCY", "KIND", "SUBJECT", "LABELS", "WHY")
                        : List.of("STATE", "TARGET", "SINCE", "SEEN", "WHY"));
        for (JsonNode target : targets) {
            JsonNode last = target.path("lastResult");
            List<Table.Cell> row = new ArrayList<>(List.of(
                    Table.state(state(target)),
                    Table.cell(name(target)),
                    Table.cell(Age.of(target.path("since"), now)),
                    Table.cell(Age.of(last.path("time"), now))));
            if (wide) {
                row.add(Table.cell(
                        last.has("latencyMs") ? last.path("latencyMs").asText() + "ms" : "-"));
                row.add(Table.cell(target.path("kind").asText("-")));
                row.add(Table.cell(target.path("subject").asText("-")));
                row.add(Table.cell(labels(target)));
            }
            row.add(Table.cell(marks(target) + target.path("why").asText()));
            table.row(row);
        }
        return table.lines(output.width(), output.paint());
    }

    /** Returns the labels as {@code name=value}, with commas between. */
    static String labels(JsonNode target) {
        String labels = target.path("labels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
        return labels.isEmpty() ? "-" : labels;
    }

    private static String marks(JsonNode target) {
        String maintenance = target.path("maintenance").path("name").asText("");
        return (target.path("maintenance").isObject()
                        ? "(maintenance" + (maintenance.isEmpty() ? "" : " " + maintenance) + ") "
                        : "")
                + (target.hasNonNull("silencedUntil") ? "(silenced) " : "");
    }

    /** Returns how many are in each state, as {@code 3 HEALTHY, 1 DEGRADED}. */
    static String counts(Map<String, Integer> counts) {
        String text = WORST_FIRST.stream()
                .filter(state -> counts.getOrDefault(state, 0) > 0)
                .map(state -> counts.get(state) + " " + state)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "no targets" : text;
    }

    /** Returns how many are in each state, by an answer that says so. */
    static String counts(JsonNode counts) {
        return counts(counts.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().asInt())));
    }
}
