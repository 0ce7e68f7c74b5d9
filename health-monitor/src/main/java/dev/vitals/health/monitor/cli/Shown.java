package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Holds what a command shows, in all forms.
 *
 * @param lines for people
 * @param document the whole, as JSON
 * @param items its parts, one a line as JSON
 * @param names the names of the parts
 * @param exitCode the answer as an exit code
 */
record Shown(List<String> lines, JsonNode document, List<JsonNode> items, List<String> names, int exitCode) {
    /** Prints it in the form that the options ask for. */
    void print(OutputOptions output) {
        switch (output.form()) {
            case TABLE, WIDE -> output.lines(lines);
            case JSON -> output.document(document);
            case JSONL -> output.lines(items.stream().map(OutputOptions::line).toList());
            case NAME -> output.lines(names.stream().map(Table::clean).toList());
        }
    }
}
